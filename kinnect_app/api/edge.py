"""The outermost layer: whose requests are for us, what may be sent, what every answer says."""

import base64
import hashlib
import re
import time
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kinnect_app.api.problems import problem
from kinnect_app.identity.limits import Budget, request_budget
from kinnect_app.settings import settings
from kinnect_app.uploads.bodies import most_bytes

_NOT_MODIFIED = 304
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_REFUSED_PATHS = ("/_upload", "/_health", "/_all_routes")
_SIGNED_BY_THE_PROVIDER = frozenset({"/auth/backchannel-logout", "/auth/global-token-revocation"})
"""No page sends these: what proves them is the provider's signature, and no cookie counts."""

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=()",
}
_APIS = ("/api/", "/bmrs/")
_PUBLIC = ("/api/v1/insights/", "/bmrs/")
"""Pages of any site may read these: they are the same for everyone and carry no cookie's rights."""
_NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"


class Edge:
    """ASGI middleware around everything, websockets too."""

    def __init__(self, app: ASGIApp, built: Path = Path(".web/build/client")) -> None:
        """Wrap the app; `built` is the front end, whose inline scripts are hashed once, now."""
        self._app = app
        self._page_policy = _page_policy(built)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not for us; pass on the rest with a bounded body and our headers."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if refusal := _refusal(scope, headers):
            await _refuse(refusal, scope, receive, send)
            return
        scope = _from_its_client(scope, headers)
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        sending = self._with_headers(scope["path"], send)
        if scope["path"].startswith(_APIS):
            budget = request_budget(_address(scope), time.time())
            sending = _with_budget(budget, sending)
            if not budget.may:
                await _slow_down(budget)(scope, receive, sending)
                return
        await self._app(scope, _bounded(receive, most_bytes(scope["path"])), sending)

    def _with_headers(self, path: str, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                del headers["server"]
                for name, value in _ALWAYS.items():
                    headers[name] = value
                if path.startswith(_PUBLIC):
                    headers["access-control-allow-origin"] = "*"
                is_page = headers.get("content-type", "").startswith("text/html")
                if message["status"] != _NOT_MODIFIED:  # its headers would replace the kept page's
                    headers["content-security-policy"] = (
                        self._page_policy if is_page else _NO_CONTENT_POLICY
                    )
                if settings().is_https:
                    headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
                if "cache-control" not in headers:
                    headers["cache-control"] = _cache_control(path, is_page=is_page)
                message = {**message, "headers": headers.raw}
            await send(message)

        return sending


def _refusal(scope: Scope, headers: dict[str, str]) -> PlainTextResponse | RedirectResponse | None:
    host = headers.get("host", "")
    origins = {origin.split("//", 1)[1] for origin in settings().own_origins}
    if host not in origins:
        return PlainTextResponse("This is not the address of this service.", 421)
    if scope["path"].startswith(_REFUSED_PATHS):
        return PlainTextResponse("Not found", 404)
    if scope["type"] == "websocket" or scope["method"] in _SAFE_METHODS:
        return None
    length = headers.get("content-length", "0")
    most = most_bytes(scope["path"])
    if not length.isdigit() or int(length) > most:
        megabytes = most // 1_000_000
        return PlainTextResponse(f"That is too large: at most {megabytes} MB can be sent.", 413)
    if _needs_our_origin(scope["path"]) and headers.get("origin") not in settings().own_origins:
        return PlainTextResponse("This must be sent from a page of this service.", 403)
    return None


def _needs_our_origin(path: str) -> bool:
    return path.startswith("/auth/") and path not in _SIGNED_BY_THE_PROVIDER


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _with_budget(budget: Budget, send: Send) -> Send:
    """Each answer says how much may still be asked, unless what it comes from says so itself."""
    told = {
        "ratelimit-limit": str(budget.most),
        "ratelimit-remaining": str(budget.left),
        "ratelimit-reset": str(budget.reset_seconds),
    }

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            for name, value in told.items():
                headers.setdefault(name, value)
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending


def _slow_down(budget: Budget) -> Response:
    answer = problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"You ask too often: wait {budget.reset_seconds} s, or ask for a longer range at once.",
    )
    answer.headers["retry-after"] = str(budget.reset_seconds)
    return answer


def _from_its_client(scope: Scope, headers: dict[str, str]) -> Scope:
    """Behind proxies of ours, the client is who the outermost of them saw; else who called us."""
    hops = settings().trusted_proxy_hops
    seen = [part.strip() for part in headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if not hops or len(seen) < hops:
        return scope
    return {**scope, "client": (seen[-hops], 0)}


async def _refuse(
    refusal: PlainTextResponse | RedirectResponse, scope: Scope, receive: Receive, send: Send
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await refusal(scope, receive, send)


def _bounded(receive: Receive, most: int) -> Receive:
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= most else {"type": "http.disconnect"}

    return receiving


def _cache_control(path: str, *, is_page: bool) -> str:
    if path.startswith("/assets/") and not is_page:
        return (
            "public, max-age=31536000, immutable"  # the file's name holds the hash of its content
        )
    if path.startswith("/auth/"):
        return "no-store"
    return "no-cache"


def _page_policy(built: Path) -> str:
    scripts = {
        "'sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode() + "'"
        for page in sorted(built.rglob("*.html"))
        for script in _INLINE_SCRIPT.findall(page.read_bytes())
    }
    sockets = " ".join(sorted(o.replace("http", "ws", 1) for o in settings().own_origins))
    return (
        "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        f"form-action 'self'; script-src 'self' {' '.join(sorted(scripts))}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' {sockets}; manifest-src 'self'"
    )
