"""Reading the web door: the state of one receipt for who holds its code; replies for staff."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from qorgan.base.keys import vault
from qorgan.reports.engine import door as engine
from qorgan.reports.models import Answers, Arrival, Receipt, Reply, WayBack
from qorgan.reports.readers import door as country

TOLD = "reports.receipt.told"
ANSWERS = "reports.answers.content"
REPLY = "reports.reply.words"


@dataclass(frozen=True)
class Word:
    """One thing that someone told her, and when."""

    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """What a code shows: that her report was received, until when the code lives, what she was told."""

    until: datetime
    told: tuple[Word, ...]


def name_only(digest: bytes) -> None:
    """Let the door see the row of this digest, and no other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('q.receipt', %s, true)", [digest.hex()])


def code_of(sending: bytes, *, language: str) -> str:
    """The code of a sending, in words of a language."""
    return engine.code_of(settings.DOOR_CODES, sending, country.words(language))


def digest_of(code: str) -> bytes:
    """Where a code leads."""
    return engine.key_of(settings.DOOR_CODES, code).digest


def exits() -> tuple[str, ...]:
    """Where the quick exit may lead."""
    return country.exits()


def standing(*, code: str, word: str = "", now: datetime) -> Standing | None:
    """What a code, with its second word, shows; None for any that is wrong, has run out or was destroyed."""
    key = engine.key_of(settings.DOOR_CODES, code, word)
    held = receipt(key.digest, now=now)
    if held is None or not fits(held, key):
        return None
    if not held.told:
        return Standing(held.until, ())
    told = json.loads(engine.opened(key.private, bytes(held.told), at=TOLD))
    return Standing(held.until, tuple(Word(datetime.fromisoformat(one["at"]), one["words"]) for one in told))


def receipt(digest: bytes, *, now: datetime) -> Receipt | None:
    """The receipt at a digest, as long as it lives."""
    name_only(digest)
    return Receipt.objects.filter(digest=digest, until__gt=now).first()


def fits(held: Receipt, key: engine.Key) -> bool:
    """Whether the second word is the one she chose; where she chose none, any other word is wrong too."""
    return hmac.compare_digest(bytes(held.word_digest), key.word_digest)


def answers(sending: bytes, *, now: datetime) -> dict[str, str]:
    """What a child has answered so far."""
    held = sealed_answers(sending, now=now)
    return opened_answers(sending, held) if held else {}


def sealed_answers(sending: bytes, *, now: datetime) -> bytes:
    """The same as it lies there; empty where nothing does."""
    digest, _private = answers_key(sending)
    name_only(digest)
    held = Answers.objects.filter(digest=digest, until__gt=now).first()
    return bytes(held.content) if held else b""


def opened_answers(sending: bytes, content: bytes) -> dict[str, str]:
    """Answers that were sealed for this sending. Raises Unopened for anything else."""
    _digest, private = answers_key(sending)
    return dict(json.loads(engine.opened(private, content, at=ANSWERS)))


def answers_key(sending: bytes) -> tuple[bytes, bytes]:
    """Where the answers of an unfinished telling lie, and what opens them: both of the browser's own random."""
    return hashlib.sha256(b"answers\0" + sending).digest(), hashlib.sha256(b"private\0" + sending).digest()


def waiting(*, most: int = 500) -> list[UUID]:
    """What came in and is not taken in yet, the oldest first."""
    held = Arrival.objects.filter(taken_at__isnull=True).order_by("arrived_at")
    return list(held.values_list("pk", flat=True)[:most])


def has_way_back(report_id: UUID) -> bool:
    """Whether whoever made the report can be answered through the web door."""
    return WayBack.objects.filter(pk=report_id).exists()


def replies(report_id: UUID) -> list[tuple[Reply, str]]:
    """What was told to her, the oldest first, opened."""
    return list(opened(Reply.objects.filter(report_id=report_id).order_by("replied_at")))


def opened(held: Iterable[Reply]) -> Iterable[tuple[Reply, str]]:
    """Each reply with its words."""
    for one in held:
        yield one, vault.read(one.words, at=REPLY)
