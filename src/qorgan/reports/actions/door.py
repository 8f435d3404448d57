"""Writes of the web door itself: it seals what comes in, and keeps the way back that she chose."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.reports import rules as texts
from qorgan.reports.engine import door as engine
from qorgan.reports.models import Answers, Arrival, Receipt
from qorgan.reports.queries import door as queries
from qorgan.reports.rules import door as rules
from qorgan.reports.terms import Serving

CONTENT = "reports.arrival.content"


@dataclass(frozen=True)
class Reach:
    """How whoever tells may be called, as she says it herself; without a number nobody calls. Hours: 0 to 23."""

    phone: str = field(default="", repr=False)
    opens: int | None = None
    closes: int | None = None
    voicemail: bool = False
    code_word: str = field(default="", repr=False)
    answers: str = field(default="", repr=False)

    def texts(self) -> tuple[str, ...]:
        """What was written of it."""
        return (self.phone, self.code_word, self.answers)


@dataclass(frozen=True)
class Told:
    """What someone told at the door, as she told it. `lines` are answers to further questions, in her language.

    `is_own`: it happened to whoever tells, so that `reach` is the way to the one who is to be protected.
    """

    language: str
    narrative: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    region: int | None = None
    suspect: str = field(default="", repr=False)
    serving: Serving = Serving.REFUSED
    lines: tuple[str, ...] = field(default=(), repr=False)
    is_child: bool = False
    is_own: bool = False
    reach: Reach = field(default=Reach(), repr=False)

    def check(self) -> None:
        """Raises NothingSaid, TooLongToTake, UnreadableText."""
        if not (self.narrative.strip() or self.place.strip() or self.lines):
            raise texts.NothingSaid
        lines = (self.place, self.suspect, *self.lines, *self.reach.texts())
        rules.check_told(self.narrative, *lines)
        texts.check_texts((self.narrative, *lines))


def arrival_id(sending: bytes) -> UUID:
    """The id of what was sent under a random name."""
    return UUID(bytes=hashlib.sha256(b"arrival\0" + sending).digest()[:16])


@transaction.atomic
def hand_in(*, told: Told, sending: bytes, by: Actor, now: datetime) -> str:
    """Keep what was told, sealed for the worker, and the way back to it; the code. Sent again it is the same.

    No permission of its own: anyone may report. Raises what `Told.check` raises.
    """
    told.check()
    code = queries.code_of(sending, language=told.language)
    key, held = engine.key_of(settings.DOOR_CODES, code), arrival_id(sending)
    queries.name_only(key.digest)
    content = json.dumps(asdict(told), ensure_ascii=False).encode()
    sealed = engine.seal(settings.DOOR_SEALS, content, at=CONTENT)
    Arrival.objects.bulk_create(
        [Arrival(id=held, receipt=key.digest, content=sealed, arrived_at=now)], ignore_conflicts=True
    )
    until = rules.until(rules.USUAL_DAYS, now=now)
    Receipt.objects.bulk_create(
        [Receipt(digest=key.digest, public=key.public, until=until)],
        ignore_conflicts=True,
    )
    journal.write(kind="reports.arrival.kept", thing="arrival", thing_id=held, by=by, now=now)
    return code


@transaction.atomic
def settle(*, code: str, word: str, days: int, by: Actor, now: datetime) -> bool:
    """Choose how long a code lives, and a second word for it; whether there is such a code.

    No permission of its own: who holds the code asks. Raises WordStands.
    """
    plain = engine.key_of(settings.DOOR_CODES, code)
    held = queries.receipt(plain.digest, now=now)
    if held is None:
        return False
    if word.strip():
        key = engine.key_of(settings.DOOR_CODES, code, word)
        if held.told and not queries.fits(held, plain):
            raise rules.WordStands
        if held.told:
            words = engine.opened(plain.private, bytes(held.told), at=queries.TOLD)
            held.told = engine.seal(key.public, words, at=queries.TOLD)
        held.word_digest, held.public = key.word_digest, key.public
    held.until = rules.until(days, now=now)
    held.save(update_fields=["word_digest", "public", "until", "told"])
    journal.write(kind="reports.receipt.settled", by=by, now=now, detail={"days": days if days in rules.DAYS else 0})
    return True


@transaction.atomic
def destroy_code(*, code: str, word: str = "", by: Actor, now: datetime, anew: bool = False) -> bool:
    """Destroy a code, and what waits behind it; the report stays. Whether there was such a code.

    `anew`: the browser has just handed the report in, and is asked for no second word. No permission of its own: who
    holds the code asks.
    """
    key = engine.key_of(settings.DOOR_CODES, code, word)
    held = queries.receipt(key.digest, now=now)
    if held is None or not (anew or queries.fits(held, key)):
        return False
    held.delete()
    journal.write(kind="reports.receipt.destroyed", by=by, now=now)
    return True


def sealed_answers(*, sending: bytes, answers: dict[str, str]) -> bytes:
    """A child's answers of so far, sealed under what the browser alone holds: for the next page, where no database is.

    No permission of its own: anyone may report. Raises TooLongToTake, UnreadableText.
    """
    for text in answers.values():
        rules.check_told(text)
    texts.check_texts(answers.values())
    digest, private = queries.answers_key(sending)
    public = engine.Key(digest, b"", private).public
    return engine.seal(public, json.dumps(answers, ensure_ascii=False).encode(), at=queries.ANSWERS)


@transaction.atomic
def keep_answers(*, sending: bytes, answers: dict[str, str], by: Actor, now: datetime) -> None:
    """Keep a child's answers of so far for an hour, under what the browser alone holds.

    No permission of its own: anyone may report. Raises TooLongToTake, UnreadableText.
    """
    content = sealed_answers(sending=sending, answers=answers)
    digest, _private = queries.answers_key(sending)
    queries.name_only(digest)
    Answers(digest=digest, content=content, until=now + rules.UNFINISHED).save()
    journal.write(kind="reports.answers.kept", by=by, now=now)


@transaction.atomic
def drop_answers(*, sending: bytes, by: Actor, now: datetime) -> None:
    """Forget a child's answers: they were handed in, or the child left. No permission of its own, as above."""
    digest, _private = queries.answers_key(sending)
    queries.name_only(digest)
    if Answers.objects.filter(digest=digest).delete()[0]:
        journal.write(kind="reports.answers.dropped", by=by, now=now)
