"""Everything that changes the register of statements: brought, read otherwise, corrected, published, withdrawn, checked
again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor
from qorgan.claims import access, answered, checked, queries, rules, wording
from qorgan.claims.access import check_may
from qorgan.claims.checked import Checked
from qorgan.claims.engine.faults import Unreadable
from qorgan.claims.models import Check, Statement, Step
from qorgan.claims.terms import SAID, Act, Cause

_KINDS = ("claims.statement.",)


@dataclass(frozen=True)
class Said:
    """What a person types of a statement. The address is text: nothing is fetched from it."""

    text: str
    language: str
    said_on: date | None = None
    speaker: str = ""
    relay: str = ""
    address: str = ""

    def fields(self, *, today: date) -> dict[str, Any]:
        """The fields of the row. Raises what `rules.check_said` raises."""
        text = rules.check_said(self.text, self.said_on, today=today)
        short = {"speaker": self.speaker.strip(), "relay": self.relay.strip(), "address": self.address.strip()}
        return {"text": text, "language": self.language, "said_on": self.said_on, **short}


@transaction.atomic
def bring(*, said: Said, by: Actor, now: datetime) -> Statement:
    """Put a statement into the register and check it. Raises NotAllowed, NothingSaid, TooMuchSaid, NoFigures."""
    check_may(by, access.BRING)
    fields = said.fields(today=now.date())
    who = {"staff_id": by.staff, "name": by.name, "role": by.role}
    statement = Statement.objects.create(id=ids.new(), brought_at=now, **fields, **who)
    _checked(statement, Cause.BROUGHT, reading="", chosen={}, by=by, now=now)
    _written("brought", statement, by=by, now=now)
    return statement


@transaction.atomic
def read(
    *, statement: Statement, reading: str, chosen: dict[str, str], by: Actor, now: datetime, seen: int | None = None
) -> Check:
    """Check a statement in a reading that a person chose or mended. Raises NotAllowed, BadReading, Withdrawn."""
    check_may(by, access.BRING)
    held = _locked(statement, seen)
    made = _checked(held, Cause.READ, reading=reading, chosen=chosen, by=by, now=now)
    _moved_on(held)
    _written("read", held, by=by, now=now)
    return made


@transaction.atomic
def correct(
    *, statement: Statement, said: Said, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Statement:
    """Mend what was typed: what stood there stays on record with the reason. Raises as `bring`, and WhyIsMissing."""
    check_may(by, access.BRING)
    held = _locked(statement, seen)
    why = rules.check_reason(reason)
    was = {name: getattr(held, name) for name in SAID}
    fields = said.fields(today=now.date())
    differs = {name: str(was[name] or "") for name in SAID if was[name] != fields[name]}
    for name, value in fields.items():
        setattr(held, name, value)
    _moved_on(held)
    _stepped(held, Act.CORRECTED, by=by, now=now, reason=why, was=differs)
    _checked(held, Cause.CORRECTED, reading="", chosen={}, by=by, now=now)
    _written("corrected", held, by=by, now=now)
    return held


@transaction.atomic
def publish(*, statement: Statement, by: Actor, now: datetime, seen: int | None = None) -> Statement:
    """Let everyone read it with its checks. Raises NotAllowed, OwnStatement, AlreadyPublished, Withdrawn."""
    check_may(by, access.PUBLISH)
    held = _locked(statement, seen)
    rules.check_publishes(is_public=held.published_at is not None, brought_by=held.staff_id, by=by.staff)
    held.published_at = now
    _moved_on(held)
    _stepped(held, Act.PUBLISHED, by=by, now=now)
    _written("published", held, by=by, now=now)
    return held


@transaction.atomic
def withdraw(*, statement: Statement, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Statement:
    """Take it out of the register for the `reason`, which stays in its place. Raises NotAllowed, WhyIsMissing."""
    check_may(by, access.WITHDRAW)
    held = _locked(statement, seen)
    why = rules.check_reason(reason)
    held.withdrawn_at = now
    _moved_on(held)
    _stepped(held, Act.WITHDRAWN, by=by, now=now, reason=why)
    _written("withdrawn", held, by=by, now=now)
    return held


@transaction.atomic
def check_again(*, statement: Statement, by: Actor, now: datetime) -> Check | None:
    """Check a statement with the data and the grammar of now, in the reading that was chosen; None where both are old.

    No permission of its own: the process `statistics` does it when a release or a series has come.
    """
    last = queries.last_check(statement)
    versions = queries.versions()
    if last is None or (last.grammar, last.data) == versions:
        return None
    cause = Cause.DATA if last.data != versions[1] else Cause.GRAMMAR
    try:
        with transaction.atomic():
            made = _checked(statement, cause, reading=last.reading, chosen=last.chosen, by=by, now=now)
    except (rules.BadReading, rules.NoFigures):  # the new grammar no longer knows the old reading: the automatic one
        made = _checked(statement, cause, reading="", chosen={}, by=by, now=now, may_be_empty=True)
    _written("checked_again", statement, by=by, now=now)
    return made


def _locked(statement: Statement, seen: int | None) -> Statement:
    held = Statement.objects.select_for_update().get(pk=statement.pk)
    check_seen(seen, stands=held.version, thing="statement", thing_id=held.pk, kinds=_KINDS)
    rules.check_stands(is_withdrawn=held.withdrawn_at is not None)
    return held


def _moved_on(statement: Statement) -> None:
    statement.version += 1
    statement.save()


def _checked(
    statement: Statement,
    cause: Cause,
    *,
    reading: str,
    chosen: dict[str, str],
    by: Actor,
    now: datetime,
    may_be_empty: bool = False,
) -> Check:
    known = queries.known()
    found = _answered(statement, reading, chosen)
    if not found.claim.figures and not may_be_empty:
        raise rules.NoFigures
    answer = answered.answer(found, known, on=statement.said_on)
    last = queries.last_check(statement)
    return Check.objects.create(
        statement=statement,
        number=last.number + 1 if last else 1,
        cause=cause,
        reading=reading.strip(),
        chosen={name: option for name, option in chosen.items() if option},
        answer=answer,
        changed=answered.changed(last.answer, answer) if last else [],
        grammar=answered.grammar(),
        data=known.version,
        staff_id=by.staff_id,
        name=by.name,
        role=by.role,
        at=now,
    )


def _answered(statement: Statement, reading: str, chosen: dict[str, str]) -> Checked:
    try:
        return checked.check(statement.text, language=statement.language, reading=reading, chosen=chosen)
    except Unreadable as problem:
        faults = " ".join(wording.fault(each) for each in problem.faults)
        raise rules.BadReading(faults=faults.rstrip(".")) from problem


def _stepped(
    statement: Statement, act: Act, *, by: Actor, now: datetime, reason: str = "", was: dict[str, str] | None = None
) -> None:
    who = {"staff_id": by.staff, "name": by.name, "role": by.role}
    Step.objects.create(statement=statement, act=act, at=now, reason=reason, was=was or {}, **who)


def _written(done: str, statement: Statement, *, by: Actor, now: datetime) -> None:
    journal.write(kind=f"claims.statement.{done}", thing="statement", thing_id=statement.pk, by=by, now=now)
