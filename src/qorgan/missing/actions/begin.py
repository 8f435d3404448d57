"""Raising the alarm: in a minute, with nothing there yet, or in a case that stands."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.base import ids
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case, CasePerson
from qorgan.cases.queries import report_ids
from qorgan.cases.terms import Role
from qorgan.duties import actions as duties
from qorgan.duties.queries import of_things
from qorgan.duties.terms import Kind as DutyKind
from qorgan.missing import access, queries, rules
from qorgan.missing.actions import held, tell
from qorgan.missing.models import Alarm
from qorgan.missing.terms import Danger, State
from qorgan.people.actions import Named
from qorgan.people.queries import by_ids
from qorgan.reports import actions as reports
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms import Role as ReportRole

FIRST_SEARCH, BEGINS = "missing.first_search", "missing.search_begins"


@dataclass(frozen=True)
class Told:
    """What was said of the child: when and where last seen, in what clothes, which signs of danger."""

    last_seen_at: datetime | None = None
    place: str = field(default="", repr=False)
    age: int | None = None
    wearing: str = field(default="", repr=False)
    dangers: tuple[Danger, ...] = ()


@dataclass(frozen=True)
class Alert(Told):
    """An alarm with nothing there yet. `submission` names the sending: sent again with it, it is still one alarm."""

    submission: str = ""
    name: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    reporter: Named = field(default=Named(), repr=False)
    channel: Channel = Channel.POLICE_102
    serving: Serving = Serving.NOT_ASKED


@dataclass(frozen=True)
class Raised:
    """The report that the alarm began with; the alarm, or None where the record is shut to whoever wrote it down."""

    report: Report
    alarm: Alarm | None
    is_new: bool = True


@transaction.atomic
def raise_alarm(*, alert: Alert, by: Actor, now: datetime) -> Raised:
    """Raise the alarm from nothing: report, case, alarm, whom it is told, all or nothing.

    Where the answer to the first question seals the record, or a party may be whoever writes, the report stands and
    the office that takes it on is told, by a duty, to raise the alarm at once: nothing that was said is lost.
    Raises NotAllowed, NobodyNamed, NotAChild, ImpossibleMoment, and what `reports.accept` raises.
    """
    access.check_may(by, access.RAISE)
    rules.check_told(name=alert.name, age=alert.age, last_seen_at=alert.last_seen_at, now=now)
    # The moment is that of the first sending: sent again a breath later, the words are still the same report.
    known = Report.objects.filter(submission=reports.submission_of(alert.submission)).first()
    if known is not None:
        return Raised(known, queries.of_thread(known.thread_id), is_new=False)
    report = reports.accept(signal=_signal(alert, now=now), by=by, now=now).report
    if not _is_open_to(report, by=by, now=now):
        _ask_office(report, by=by, now=now)
        return Raised(report, None)
    case = cases.open_from_report(report=report, by=by, now=now)
    child = ReportPerson.objects.get(report=report, role=ReportRole.VICTIM)
    return Raised(report, _raised(case, child.person_id, alert, by=by, now=now))


def _signal(alert: Alert, *, now: datetime) -> reports.Signal:
    said = [alert.words, alert.wearing]
    return reports.Signal(
        submission=alert.submission,
        channel=alert.channel,
        registered_at=now,
        narrative="\n".join(part.strip() for part in said if part.strip()),
        address=alert.place,
        victim=Named(written=alert.name),
        reporter=alert.reporter,
        serving=alert.serving,
    )


def _is_open_to(report: Report, *, by: Actor, now: datetime) -> bool:
    seen = Report.objects.filter(pk=report.pk).exists()
    return seen and offices.may_write(report.thread_id, by=by, now=now)


def _ask_office(report: Report, *, by: Actor, now: datetime) -> None:
    """Lay the raising of the alarm on the office that decides on the report."""
    laid = duties.Laid(DutyKind.RAISE_ALARM, BEGINS, since=now, due_at=None, to_verify=True)
    # The record may be shut to whoever writes by now.
    with acting(offices.system("missing.ask_office")):
        decides = of_things([report.id]).filter(kind=DutyKind.DECIDE_REPORT).first()
        duties.lay(
            laid=[laid],
            thing="report",
            thing_id=report.id,
            case_id=None,
            **beside(report),
            agency_id=decides.agency_id if decides else report.agency_id,
            key_id=report.key_id,
            by=by,
            now=now,
        )


@transaction.atomic
def raise_in_case(
    *, case: Case, child_id: UUID | None, told: Told, by: Actor, now: datetime, seen: int | None = None
) -> Alarm:
    """Raise the alarm for a child of a case. `seen`: how many alarms the case had when it was read.

    Raises CaseClosed, NobodyNamed, AlreadySought, ChangedMeanwhile, and what is refused of the age and the moment.
    """
    access.check_may(by, access.RAISE)
    case = cases.held_open(case)
    stands = Alarm.objects.filter(case=case).count()
    check_seen(seen, stands=stands, thing="case", thing_id=case.id, kinds=("missing.alarm.",))
    people = CasePerson.objects.filter(case=case, person=child_id, role__in=(Role.CHILD, Role.VICTIM))
    if child_id is None or not people.exists():
        raise rules.NobodyNamed
    name = by_ids([child_id])[child_id].name
    rules.check_told(name=name, age=told.age, last_seen_at=told.last_seen_at, now=now)
    sought = Alarm.objects.filter(child=child_id, state__in=(State.SOUGHT, State.NOT_FOUND))
    if sought.exists():
        raise rules.AlreadySought
    for report_id in report_ids(case):
        duties.done(thing_id=report_id, kind=DutyKind.RAISE_ALARM, by=by, now=now)
    return _raised(case, child_id, told, by=by, now=now)


def _raised(case: Case, child_id: UUID, told: Told, *, by: Actor, now: datetime) -> Alarm:
    alarm = Alarm(
        id=ids.new(),
        case=case,
        child_id=child_id,
        **beside(case),
        agency_id=case.agency_id,
        key_id=case.key_id,
        age=told.age,
        last_seen_at=told.last_seen_at,
        last_place=vault.seal(case.key_id, told.place.strip(), at="missing.alarm.last_place"),
        wearing=vault.seal(case.key_id, told.wearing.strip(), at="missing.alarm.wearing"),
        dangers=[str(one) for one in told.dangers],
        raised_at=now,
        raised_by=by.staff,
    )
    held.keep(alarm=alarm, act="raised", by=by, now=now)
    held.lay(alarm=alarm, kind=DutyKind.FIRST_SEARCH, provision=FIRST_SEARCH, by=by, now=now)
    tell.tell(alarm=alarm, by=by, now=now)
    return alarm
