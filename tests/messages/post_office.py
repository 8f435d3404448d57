"""A post office on this machine that takes letters by SMTP and keeps them: the outer edge of these tests."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """What came in. `refuses` holds recipients it does not know; `closed` makes it hang up at once."""

    address: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    closed: bool = False


class _Counter(socketserver.StreamRequestHandler):
    """One conversation, as RFC 5321 has it at its least."""

    def handle(self) -> None:
        office: PostOffice = self.server.office  # type: ignore[attr-defined]  # set by `post_office`
        if office.closed:
            return
        self._say("220 ready")
        sender, recipients = "", list[str]()
        while line := self.rfile.readline():
            verb, _space, rest = line.decode().strip().partition(" ")
            if verb.upper() in ("EHLO", "HELO"):
                self._say("250 hello")
            elif verb.upper() == "MAIL":
                sender, recipients = _path(rest), []
                self._say("250 ok")
            elif verb.upper() == "RCPT" and _path(rest) in office.refuses:
                self._say("550 unknown")
            elif verb.upper() == "RCPT":
                recipients.append(_path(rest))
                self._say("250 ok")
            elif verb.upper() == "DATA":
                self._say("354 go on")
                office.letters.append(self._letter())
                office.senders.append(sender)
                office.recipients.append(recipients)
                self._say("250 taken")
            else:
                self._say("221 bye" if verb.upper() == "QUIT" else "250 ok")
                if verb.upper() == "QUIT":
                    return

    def _letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append((line[1:] if line.startswith(b".") else line).replace(b"\r\n", b"\n"))
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        return letter

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


def _path(text: str) -> str:
    return text.partition("<")[2].partition(">")[0]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """An open post office; `address` is its name and port."""
    with _Server(("127.0.0.1", 0), _Counter) as server:
        office = PostOffice(address=f"127.0.0.1:{server.server_address[1]}")
        server.office = office  # type: ignore[attr-defined]  # handed to its counters
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
