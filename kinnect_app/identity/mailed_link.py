"""The secret of a mailed link, in a cookie that only the doors see; its page has the public id."""

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from kinnect_app.settings import settings

_LASTS_SECONDS: Final = 3600  # long enough to enrol a second factor, or to prove who one is
_LONGEST_SECRET: Final = 100
_SEE_OTHER: Final = 303


@dataclass(frozen=True, slots=True)
class MailedLink:
    """One kind of link: the name of its cookie, and the path of its page."""

    cookie: str
    page: str

    def secret_in(self, request: Request) -> str:
        """The secret that the browser keeps for the doors; empty where it has none."""
        return request.cookies.get(self.cookie, "")[:_LONGEST_SECRET]

    def opened(self, secret: str, query: str) -> Response:
        """To the page, with the secret kept for when it answers."""
        answer = self.to_page(query)
        answer.set_cookie(
            self.cookie,
            secret,
            max_age=_LASTS_SECONDS,
            httponly=True,
            secure=settings().is_https,
            samesite="lax",
            path="/auth",
        )
        return answer

    def forgetting(self, answer: Response) -> Response:
        """The same answer, after which the browser keeps no secret."""
        answer.delete_cookie(
            self.cookie, path="/auth", secure=settings().is_https, httponly=True, samesite="lax"
        )
        return answer

    def to_page(self, query: str) -> Response:
        """To the page of the link, with what it is to say."""
        return RedirectResponse(f"{settings().pages_at}{self.page}{query}", _SEE_OTHER)


def client_of(request: Request) -> str:
    """The address that a request came from, by which forms are counted."""
    return request.client.host if request.client else ""
