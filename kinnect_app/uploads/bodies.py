"""Which requests bring a file, and how large they may be: all others are small."""

import re
from typing import Final

from state.domain.rules import largest_upload_megabytes
from state.ui.session import clock

_FILES: Final = re.compile(r"/api/v1/account/information/[A-Za-z0-9-]{1,20}/files")
_USUAL_BYTES: Final = 1_000_000
_MEGABYTE: Final = 1_048_576


def most_bytes(path: str) -> int:
    """The largest body that may be sent there, in bytes.

    A file that is a little too large still comes through, so that its door can say so.
    """
    if not _FILES.fullmatch(path):
        return _USUAL_BYTES
    return (largest_upload_megabytes(clock().date()) + 1) * _MEGABYTE
