"""What may be uploaded: told by the bytes of a file, whatever it calls itself (R-113)."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from state.domain.formats.plain_text import text_problem, tidy

_MEGABYTE: Final = 1_048_576
_LONGEST_NAME: Final = 120
_PDF, _PNG, _JPEG = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_ENCRYPTED = re.compile(rb"/Encrypt[\s<\[]")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)[\s<\[(/]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_CSV = ("<", "%!", "#!", "%PDF", "{\\rtf")

NEITHER: Final = "The selected file must be a PDF, PNG, JPEG or CSV"
INFECTED: Final = "The selected file contains a virus"
TRY_AGAIN: Final = "The selected file could not be uploaded – try again"


def problem(name: str, content: bytes, *, largest_megabytes: int) -> str | None:
    """What is wrong with a file, in words for the person who chose it; or None.

    Scripts that a PDF keeps compressed are not seen here: a scanner for viruses comes after this.
    """
    if not tidy(name):
        return "Select a file"
    if wrong := text_problem("a file name", tidy(name), longest=_LONGEST_NAME):
        return wrong
    if len(content) > largest_megabytes * _MEGABYTE:
        return f"The selected file must be smaller than {largest_megabytes}MB"
    if not content.strip():
        return "The selected file is empty"
    kind = _KINDS.get(tidy(name).rpartition(".")[2].lower())
    return kind(content) if kind else NEITHER


def media_type_of(name: str) -> str:
    """The media type of a file that was let through, by its name."""
    return _MEDIA_TYPES.get(tidy(name).rpartition(".")[2].lower(), "application/octet-stream")


def _pdf(content: bytes) -> str | None:
    if not content.startswith(_PDF):
        return "The selected file must be a PDF"
    if b"%%EOF" not in content[-2_048:]:
        return TRY_AGAIN
    if _ENCRYPTED.search(content):
        return "The selected file is password protected"
    if _ACTIVE.search(content):
        return "The selected file must be a PDF without scripts, forms that run or attached files"
    return None


def _png(content: bytes) -> str | None:
    if not content.startswith(_PNG):
        return "The selected file must be a PNG"
    return None if b"IEND" in content[-64:] else TRY_AGAIN


def _jpeg(content: bytes) -> str | None:
    if not content.startswith(_JPEG):
        return "The selected file must be a JPEG"
    return None if b"\xff\xd9" in content else TRY_AGAIN


def _csv(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "The selected file must be a CSV saved as UTF-8"
    if _CONTROL.search(text) or text.lstrip().startswith(_NO_CSV):
        return "The selected file must be a CSV"
    return None


_KINDS: Final[Mapping[str, Callable[[bytes], str | None]]] = {
    "pdf": _pdf,
    "png": _png,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "csv": _csv,
}
_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
}
