"""Asking a virus scanner about an uploaded file: clamd, by its own protocol (R-113).

Off while no scanner is named. One that is named and cannot be asked lets nothing through.
"""

import socket
import struct
from typing import Final

import structlog

from kinnect_app.neighbours import scan_settings
from state.domain.uploaded_file import INFECTED, TRY_AGAIN

_TIMEOUT_SECONDS: Final = 20
_CHUNK_BYTES: Final = 65_536
_LONGEST_ANSWER: Final = 4_096

_log = structlog.get_logger(__name__)


def virus_problem(content: bytes, *, scanner: str | None = None) -> str | None:
    """What to say to whoever chose the file; None where it is clean, or nobody is to be asked.

    `scanner` is the one of the settings where none is given: a socket's path, or host and port.
    """
    where = scan_settings().virus_scanner if scanner is None else scanner
    if not where:
        return None
    try:
        answer = _asked(content, where)
    except OSError as fault:
        _log.error("virus scanner not asked", why=type(fault).__name__)
        return TRY_AGAIN
    if answer.endswith("FOUND"):
        _log.warning("virus found in an upload", what=answer.removeprefix("stream: ")[:100])
        return INFECTED
    if answer != "stream: OK":
        _log.error("virus scanner gave no verdict", said=answer[:100])
        return TRY_AGAIN
    return None


def _asked(content: bytes, where: str) -> str:
    """`INSTREAM`: the bytes in pieces, each with its length before it, and an empty one at last."""
    with _connected(where) as talk:
        talk.settimeout(_TIMEOUT_SECONDS)
        talk.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK_BYTES):
            piece = content[start : start + _CHUNK_BYTES]
            talk.sendall(struct.pack("!L", len(piece)) + piece)
        talk.sendall(struct.pack("!L", 0))
        answer = b""
        while len(answer) < _LONGEST_ANSWER and not answer.endswith(b"\0"):
            got = talk.recv(_LONGEST_ANSWER)
            if not got:
                break
            answer += got
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(where: str) -> socket.socket:
    if not where.startswith("/"):
        host, _, port = where.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=_TIMEOUT_SECONDS)
    talk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    talk.settimeout(_TIMEOUT_SECONDS)
    try:
        talk.connect(where)
    except OSError:
        talk.close()
        raise
    return talk
