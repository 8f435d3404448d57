"""The stand-in for a post office does what a real one does, or the tests of the gate would prove nothing."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.messages.post_office import post_office


def _letter(to: str, words: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.kz", to, "s"
    letter.set_content(words)
    return letter


def test_it_takes_a_letter_whole_with_dots_and_kazakh_letters() -> None:
    words = "бірінші\n.\n..екінші\nәғқңөұүһі\n"
    with post_office() as office, smtplib.SMTP(*_place(office.address), timeout=5) as post:
        post.send_message(_letter("b@example.kz", words))
        post.send_message(_letter("c@example.kz", "екінші хат"))
    assert [letter.get_content() for letter in office.letters] == [words, "екінші хат\n"]
    assert office.recipients == [["b@example.kz"], ["c@example.kz"]]
    assert office.senders == ["a@example.kz"] * 2


def test_it_refuses_whom_it_does_not_know_and_nobody_when_it_is_closed() -> None:
    with post_office() as office:
        office.refuses.add("b@example.kz")
        with smtplib.SMTP(*_place(office.address), timeout=5) as post, pytest.raises(smtplib.SMTPRecipientsRefused):
            post.send_message(_letter("b@example.kz", "x"))
        office.closed = True
        with pytest.raises(smtplib.SMTPServerDisconnected):
            smtplib.SMTP(*_place(office.address), timeout=5)
    assert office.letters == []


def _place(address: str) -> tuple[str, int]:
    host, _colon, port = address.partition(":")
    return host, int(port)
