"""Messages by SMTP. Subject and sender are neutral: whoever looks over a shoulder learns nothing."""

import smtplib
from email.message import EmailMessage

from qorgan.base import country


def send(address: str, words: str, *, host: str) -> None:
    """Send one message through `host` (name:port). Raises OSError where the post office does not take it."""
    if not host:
        raise ConnectionError("no post office is named")
    name, _colon, port = host.partition(":")
    neutral = country.toml("country.toml").get("messages", {})
    letter = EmailMessage()
    letter["From"] = neutral.get("sender", "info@localhost")
    letter["To"] = address
    letter["Subject"] = neutral.get("subject", "Message")
    letter.set_content(words)
    with smtplib.SMTP(name, int(port or 25), timeout=20) as post:
        post.send_message(letter)
