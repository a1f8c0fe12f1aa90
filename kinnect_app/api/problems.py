"""Problem details (RFC 9457): what is wrong with a request, every fault at once, in plain words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Response

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the parameter, or the place in the body, it is wrong with."""

    parameter: str
    detail: str
    in_body: bool = False


class BadRequestError(Exception):
    """The request breaks the rules of the endpoint; says every way in which it does."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault."""
        super().__init__("; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults))
        self.faults = tuple(faults)


def problem(
    status: HTTPStatus,
    detail: str,
    faults: Sequence[Fault] = (),
    *,
    kind: str = "about:blank",
    current: Mapping[str, object] | None = None,
) -> Response:
    """A problem in the standard's form; `kind` names one that a program may act on.

    `current` is what is so now, where that is not what the program read.
    """
    document: dict[str, object] = {
        "type": kind,
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
    }
    if faults:
        document["errors"] = [
            {"pointer" if fault.in_body else "parameter": fault.parameter, "detail": fault.detail}
            for fault in faults
        ]
    if current is not None:
        document["current"] = dict(current)
    return Response(
        json.dumps(document),
        status_code=int(status),
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )
