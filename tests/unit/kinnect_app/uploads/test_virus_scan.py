import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinnect_app.neighbours import ScanSettings
from kinnect_app.uploads.virus_scan import virus_problem
from state.domain.uploaded_file import INFECTED, TRY_AGAIN

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Clamd(socketserver.StreamRequestHandler):
    """As much of clamd as there is to be asked: the protocol of its manual."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        if content == b"odd":
            said = b"INSTREAM size limit exceeded. ERROR"
        else:
            said = b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"
        self.wfile.write(said + b"\0")


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[str]:
    path = str(tmp_path / "clamd.ctl")
    with socketserver.ThreadingUnixStreamServer(path, _Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield path
        server.shutdown()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a plain file", None),
        (b"", None),
        (b"x" * 200_000, None),
        (b"x" * 100_000 + EICAR, INFECTED),
        (b"odd", TRY_AGAIN),
    ],
)
def test_what_the_scanner_finds_is_said(scanner: str, content: bytes, said: str | None) -> None:
    assert virus_problem(content, scanner=scanner) == said


def test_nobody_is_asked_while_no_scanner_is_named() -> None:
    assert virus_problem(EICAR) is None


def test_a_scanner_that_does_not_answer_lets_nothing_through(tmp_path: Path) -> None:
    assert virus_problem(b"a plain file", scanner=str(tmp_path / "nobody.ctl")) == TRY_AGAIN


@pytest.mark.parametrize(
    ("named", "is_good"),
    [("/run/clamav/clamd.ctl", True), ("scanner.example:3310", True), ("", True), ("x", False)],
)
def test_a_scanner_is_a_socket_or_a_host_with_a_port(monkeypatch, named, is_good) -> None:
    monkeypatch.setenv("KINNECT_VIRUS_SCANNER", named)
    if is_good:
        assert ScanSettings().virus_scanner == named
    else:
        with pytest.raises(ValueError, match="virus_scanner"):
            ScanSettings()
