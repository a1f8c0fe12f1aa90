from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.rules import largest_upload_megabytes
from state.domain.uploaded_file import NEITHER, TRY_AGAIN, problem

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"
EXE = b"MZ\x90\x00" + bytes(64)
ZIP_WITH_MACROS = b"PK\x03\x04" + bytes(30) + b"xl/vbaProject.bin"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", PDF),
        ("LETTER.PDF", PDF),
        ("plan.png", PNG),
        ("photo.jpg", JPEG),
        ("photo.jpeg", JPEG),
        ("list.csv", "naïve,1\r\nb,2\n".encode()),
        ("list.csv", b"\xef\xbb\xbfa\tb\n"),
    ],
)
def test_good_files(name, content) -> None:
    assert _said(name, content) is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", PDF, "Select a file"),
        (
            "a\u202efdp.exe",
            PDF,
            "File name must not include invisible or direction-changing characters",
        ),
        ("x" * 121 + ".pdf", PDF, "File name must be 120 characters or fewer"),
        ("big.pdf", PDF + bytes(20 * 1_048_576), "The selected file must be smaller than 20MB"),
        ("none.pdf", b"", "The selected file is empty"),
        ("none.csv", b" \n", "The selected file is empty"),
        ("setup.exe", EXE, NEITHER),
        ("letter", PDF, NEITHER),
        ("letter.pdf.exe", PDF, NEITHER),
        ("letter.pdf", EXE, "The selected file must be a PDF"),
        ("plan.png", EXE, "The selected file must be a PNG"),
        ("photo.jpg", EXE, "The selected file must be a JPEG"),
        ("photo.jpg", PNG, "The selected file must be a JPEG"),
        ("list.csv", EXE, "The selected file must be a CSV saved as UTF-8"),
        ("list.csv", b"MZ\x00\x00", "The selected file must be a CSV"),
        ("list.csv", b"<script>alert(1)</script>", "The selected file must be a CSV"),
        ("list.csv", PDF, "The selected file must be a CSV"),
        ("list.csv", "é,1".encode("cp1252"), "The selected file must be a CSV saved as UTF-8"),
        ("book.xlsm", ZIP_WITH_MACROS, NEITHER),
        ("book.pdf", ZIP_WITH_MACROS, "The selected file must be a PDF"),
        ("book.xls", OLD_OFFICE, NEITHER),
        ("half.pdf", PDF[:40], TRY_AGAIN),
        ("half.png", PNG[:20], TRY_AGAIN),
        ("half.jpg", JPEG[:20], TRY_AGAIN),
        (
            "locked.pdf",
            PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"),
            "The selected file is password protected",
        ),
        (
            "active.pdf",
            PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"),
            "The selected file must be a PDF without scripts, forms that run or attached files",
        ),
    ],
)
def test_what_is_wrong_is_said(name, content, said) -> None:
    assert _said(name, content) == said


@given(st.sampled_from(["a.pdf", "a.png", "a.jpg", "a.csv", "a"]), st.binary(max_size=200))
def test_any_bytes_are_answered(name, content) -> None:
    said = _said(name, content)
    assert said is None or said.startswith(("The selected file ", "Select "))


def _said(name: str, content: bytes) -> str | None:
    largest = largest_upload_megabytes(date(2026, 11, 22))
    return problem(name, content, largest_megabytes=largest)
