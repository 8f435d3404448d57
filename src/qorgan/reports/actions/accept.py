"""Taking reports in. A report that was acknowledged is committed; a repeat of a submission is the same report."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.constants import OnConflict

from qorgan.agencies.terms import SealGround
from qorgan.base import ids, journal, numbers
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.base.signing import canonical
from qorgan.duties.terms import Kind as DutyKind
from qorgan.messages.terms import SafeContact
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.models import Person
from qorgan.places import queries as places
from qorgan.reports import access, rules
from qorgan.reports.actions import clock, deciding, sealed
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import Channel, Role, Serving


@dataclass(frozen=True)
class Signal:
    """What came in, as it came. `submission` names the sending, so that sending it again adds nothing."""

    submission: str
    channel: Channel
    registered_at: datetime
    time_known: bool = True
    kui_no: str = ""
    narrative: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    victim: Named = field(default=Named(), repr=False)
    suspect: Named = field(default=Named(), repr=False)
    reporter: Named = field(default=Named(), repr=False)
    notes: tuple[dict[str, Any], ...] = ()
    serving: Serving = Serving.NOT_ASKED
    thread: UUID | None = None  # that of the contact it began as, whose id the report then bears
    safe: SafeContact | None = field(default=None, repr=False)  # how the victim may be reached, where she said it
    received_at: datetime | None = None  # when it was acknowledged, where that was before it is taken in

    def persons(self) -> list[tuple[Role, Named]]:
        """The persons that were named, with their parts."""
        named = [(Role.VICTIM, self.victim), (Role.SUSPECT, self.suspect), (Role.REPORTER, self.reporter)]
        return [(role, who) for role, who in named if who or (role is Role.VICTIM and self.safe)]

    def parties(self) -> list[Named]:
        """Those whose record it is: not the reporter, who may be an officer on duty."""
        return [who for who in (self.victim, self.suspect) if who]

    def texts(self) -> list[str]:
        """Everything that was written, in one order."""
        people = (self.victim, self.suspect, self.reporter)
        named = [part for who in people for part in (who.written, who.surname, who.given, who.patronymic, who.iin)]
        return [self.kui_no, self.narrative, self.address, *named, *(who.phone for who in people)]

    def check(self, *, now: datetime) -> None:
        """Raises NothingSaid, ImpossibleMoment, UnreadableNumber, UnreadableText."""
        if not (self.narrative.strip() or self.address.strip() or self.victim):
            raise rules.NothingSaid
        rules.check_number(self.kui_no)
        rules.check_texts(self.texts())
        rules.check_moment(self.registered_at, now=now)

    def fingerprint(self) -> bytes:
        """A keyed digest of what was said: tells a repeat from other content, and tells nobody else anything."""
        moment = [self.registered_at.astimezone(UTC).isoformat(), self.time_known, str(self.channel)]
        traits = [[str(who.birth_date or ""), str(who.sex)] for who in (self.victim, self.suspect, self.reporter)]
        # Only an answer counts: the same words, sent before the question was known, are the same report.
        answer = [] if self.serving is Serving.NOT_ASKED else [str(self.serving)]
        return vault.fingerprint(canonical([moment, self.texts(), traits, *answer]), at="reports.report.content")


@dataclass(frozen=True)
class Accepted:
    """The report, and whether it is new: false for a repeat of the same submission."""

    report: Report
    is_new: bool


@transaction.atomic
def accept(*, signal: Signal, by: Actor, now: datetime) -> Accepted:
    """Take a report in: number, sealed words, persons, the duty to decide, journal; all or nothing.

    Where she answered that he, or someone near him, serves, or a party is certainly someone of the staff, the record is
    sealed with the same commit; and shut to each of the staff whom a party may be, or be near to.

    Raises NotAllowed, NothingSaid, ImpossibleMoment, UnreadableNumber, UnreadableText, or SameNumberOtherContent
    where the number is taken by a report that says something else.
    """
    access.check_may(by, access.ACCEPT)
    signal.check(now=now)
    report = _made(signal, by=by, now=now)
    term = clock.term(report, provision=clock.DECISION_TERM, since=report.registered_at)
    report.due_at = term.due_at
    if not _inserted(report):
        return Accepted(_repeat_of(signal, report), is_new=False)
    _write_persons(signal, report, by=by, now=now)
    suspicions = people.suspected(signal.parties(), territory_id=report.territory_id, now=now)
    ground = SealGround(signal.serving) if signal.serving.seals else sealed.ground_of(suspicions, now=now)
    router = sealed.router_of(report, ground=ground) if ground else None
    on = router.id if router else report.agency_id
    kind, since = DutyKind.DECIDE_REPORT, report.registered_at
    clock.lay(report, kind=kind, provision=clock.DECISION_TERM, on=on, since=since, until=term, by=by, now=now)
    journal.write(
        kind="reports.report.accepted",
        thing="report",
        thing_id=report.id,
        by=by,
        now=now,
        detail={"number": report.number, "channel": report.channel, "version": report.version},
    )
    if ground is not None and router is not None:
        sealed.seal(report, router=router, ground=ground, by=by, now=now)
    people.keep_apart(suspicions=suspicions, **beside(report), by=by, now=now)
    return Accepted(report, is_new=True)


def submission_of(*parts: str) -> bytes:
    """The digest that names a sending, e.g. of ("kui", number) or (channel id, the sender's own key)."""
    return hashlib.sha256("\0".join(parts).encode()).digest()


def _made(signal: Signal, *, by: Actor, now: datetime) -> Report:
    key_id = vault.new_key()
    territory_id, elsewhere = _territory(signal, by=by)
    notes = [*signal.notes, *([{"code": "address_elsewhere"}] if elsewhere else [])]
    zone, report_id = places.zone(territory_id), signal.thread or ids.new()
    return Report(
        id=report_id,
        thread_id=report_id,
        number=numbers.take(
            "report", region=places.letters(territory_id), on=signal.registered_at.astimezone(zone).date()
        ),
        submission=submission_of(signal.submission),
        content_hash=signal.fingerprint(),
        kui_no=signal.kui_no,
        channel=signal.channel,
        territory_id=territory_id,
        agency_id=deciding.office_for(territory_id=territory_id, by=by, now=now),
        registered_at=signal.registered_at,
        time_known=signal.time_known,
        received_at=signal.received_at or now,
        received_by=by.staff_id,
        key_id=key_id,
        narrative=vault.seal(key_id, signal.narrative, at="reports.report.narrative"),
        address=vault.seal(key_id, signal.address, at="reports.report.address"),
        notes=notes,
        serving=signal.serving,
    )


def _territory(signal: Signal, *, by: Actor) -> tuple[int, bool]:
    """The territory of the address if it lies in sight, else the desk's own; and whether it lies elsewhere."""
    found = places.recognise(signal.address, on=signal.registered_at.date()) if signal.address else None
    own = by.territory_id or by.territories[0]
    if found is None or found.pk == own:
        return own, False
    if found.pk in by.territories:
        return found.pk, False
    return own, own not in places.expand((found.pk,))


def _inserted(report: Report) -> bool:
    # Django's own insert is used directly because only it says whether ON CONFLICT DO NOTHING did nothing.
    fields = list(Report._meta.concrete_fields)
    returned = Report._base_manager.all()._insert(  # type: ignore[attr-defined]  # internal, see above
        [report], fields, returning_fields=[Report._meta.pk], using="default", on_conflict=OnConflict.IGNORE
    )
    report._state.adding = False
    return bool(returned and returned[0])  # one row asked for: [None] where nothing was inserted


def _repeat_of(signal: Signal, sent: Report) -> Report:
    known = Report.objects.filter(submission=sent.submission).first()
    if known is None:
        raise rules.SameNumberOtherContent(number=signal.kui_no or sent.number)
    if bytes(known.content_hash) != bytes(sent.content_hash):
        raise rules.SameNumberOtherContent(number=signal.kui_no or known.number)
    return known


def _write_persons(signal: Signal, report: Report, *, by: Actor, now: datetime) -> None:
    named = signal.persons()
    if not named:
        return
    made = [people.sealed(who, **beside(report), now=now) for _role, who in named]
    marks = [
        people.marks(person=person, named=who, on=now.date()) for person, (_role, who) in zip(made, named, strict=True)
    ]
    Person.objects.bulk_create(made)
    people.keep_marks(made=marks)
    ReportPerson.objects.bulk_create(
        ReportPerson(report=report, person=person, role=role, **beside(report))
        for (role, _who), person in zip(named, made, strict=True)
    )
    for (role, _who), person in zip(named, made, strict=True):
        if signal.safe is not None and role is Role.VICTIM:
            people.keep_contact(person=person, contact=signal.safe, by=by, now=now)
