"""A mail server of the tests' own: it speaks as much SMTP as smtplib asks for."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it takes; refuses an address that begins with `nobody`, puts off `later`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[str] = []


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            word = line.decode().strip()
            if word.upper().startswith("QUIT"):
                return self._say("221 bye")
            if word.upper() == "DATA":
                self._say("354 go on")
                lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                self.server.mails.append("".join(lines))
            refused = {"RCPT TO:<nobody": "550 no", "RCPT TO:<later": "450 not now"}
            self._say(
                next(
                    (said for to, said in refused.items() if to in word.replace("rcpt", "RCPT")),
                    "250 fine",
                )
            )
        return None

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """One that runs while the test does."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
