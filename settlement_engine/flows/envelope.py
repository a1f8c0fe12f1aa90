"""The first and last line of an industry file: who sends what to whom, and what is in it.

The header is `AAA|file type|message role|creation time|from role|from participant|to role|to
participant|sequence number|test flag|`, the footer `ZZZ|record count|checksum|` (`settlement.md`
17.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

HEADER: Final = "AAA"
FOOTER: Final = "ZZZ"
SEPARATOR: Final = "|"
MOMENT_FORMAT: Final = "%Y%m%d%H%M%S"
HEADER_FIELDS: Final = (
    "file_type",
    "message_role",
    "created_at",
    "from_role",
    "from_participant",
    "to_role",
    "to_participant",
    "sequence_number",
    "test_flag",
)
FOOTER_FIELDS: Final = ("record_count", "checksum")
FILE_TYPE_LENGTH: Final = 8
FLOW_LENGTH: Final = 5
_WORD_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class FlowHeader:
    """Who sends a file to whom, when, and as which of a sequence."""

    created_at: datetime
    from_role: str
    from_participant: str
    to_role: str
    to_participant: str
    sequence_number: int
    message_role: str = "D"  # D for data, R for a response
    test_flag: str | None = "OPER"

    def line(self, file_type: str) -> str:
        """The header as the first line of a file."""
        created_at = self.created_at.astimezone(UTC).strftime(MOMENT_FORMAT)
        values = (
            file_type,
            self.message_role,
            created_at,
            self.from_role,
            self.from_participant,
            self.to_role,
            self.to_participant,
            str(self.sequence_number),
            self.test_flag or "",
        )
        return record_line(HEADER, values)


def record_line(record_type: str, values: Sequence[str]) -> str:
    """One record: each field is followed by a separator, the last one too."""
    return SEPARATOR.join((record_type, *values, ""))


def footer_line(lines: Sequence[str]) -> str:
    """The footer under the lines of a file: how many lines there are, itself among them."""
    return record_line(FOOTER, (str(len(lines) + 1), str(checksum(lines))))


def checksum(lines: Sequence[str]) -> int:
    """The exclusive or of all lines above the footer, cut into words of 32 bits.

    Each line is cut on its own, without its end, the first byte of a word highest; the last word is
    filled up with zeros. (IDD Part 1, 2.2.2, as others describe it [K]: no published file with its
    checksum was at hand.)
    """
    data = b"".join(_whole_words(line) for line in lines)
    while len(data) > _WORD_BYTES:  # fold the second half onto the first: the same words, faster
        half = -(-len(data) // (2 * _WORD_BYTES)) * _WORD_BYTES
        second = data[half:].ljust(half, b"\0")
        folded = int.from_bytes(data[:half], "big") ^ int.from_bytes(second, "big")
        data = folded.to_bytes(half, "big")
    return int.from_bytes(data, "big")


def fields_of(line: str) -> list[str]:
    """The fields of a line after its type; the separator at the end may be missing."""
    values = line.split(SEPARATOR)[1:]
    return values[:-1] if values and not values[-1] else values


def _whole_words(line: str) -> bytes:
    data = line.encode("ascii", errors="replace")
    return data + bytes(-len(data) % _WORD_BYTES)
