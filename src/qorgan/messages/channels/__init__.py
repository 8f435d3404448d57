"""The ways out, each an adapter: `send(address, words)`; none says in subject or sender what a message is about."""

import os

from qorgan.messages.channels import email, file
from qorgan.messages.terms import Channel


class NotSent(Exception):
    """The way out did not take the message; it is tried again later."""


def send(channel: str, *, address: str, words: str, reference: str) -> None:
    """Hand one message to its way out. Raises NotSent where that fails; a file of the same reference is replaced."""
    try:
        if channel == Channel.FILE:
            file.send(address, words, reference)
        elif channel == Channel.EMAIL:
            email.send(address, words, host=os.environ.get("QORGAN_SMTP", ""))
        else:
            raise NotSent(f"no way out called {channel}")
    except (OSError, ValueError) as failure:  # ValueError: what no letter can be made of
        raise NotSent(type(failure).__name__) from failure
