"""Registering an offence: alone, with a report, or with a case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, numbers
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.cases.queries import case_of_report
from qorgan.offences import access, rules
from qorgan.offences.actions import held
from qorgan.offences.actions.persons import Involved, write_persons
from qorgan.offences.actions.unnamed import keep_unnamed
from qorgan.offences.engine import catalogue
from qorgan.offences.models import Offence
from qorgan.offences.terms import Completion, Register
from qorgan.places import queries as places
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.reports.terms import State as ReportState


@dataclass(frozen=True)
class Written:
    """What the register says of the act. `acted_on` is the local day of the act; None: not known."""

    code: str
    article: str
    registered_at: datetime
    part: str = ""
    register_no: str = ""
    acted_on: date | None = None
    completion: Completion = Completion.COMPLETED


@dataclass(frozen=True)
class Registered(Written):
    """An offence to be registered. With a case or a report it lies where they do, else in `territory_id`.

    `id` names the sending: sent again with it, it is still one offence.
    """

    persons: tuple[Involved, ...] = ()
    case: Case | None = None
    report: Report | None = None
    territory_id: int | None = None
    id: UUID | None = None


@transaction.atomic
def register(*, signal: Registered, by: Actor, now: datetime) -> Offence:
    """Register an offence with its persons. It needs no report, no case and no order.

    Raises NoSuchArticle, UnreadablePart, OnlyCompleted, ImpossibleMoment, ImpossibleDay, UnreadableNumber,
    NumberTaken, ReportElsewhere, PlaceElsewhere, CaseClosed, ImpossibleAge, PersonElsewhere, PersonTwice.
    """
    access.check_may(by, access.REGISTER)
    known = Offence.objects.filter(pk=signal.id).first() if signal.id else None
    if known is not None:
        return known
    case = _case(signal)
    territory_id = _territory(signal, case, by=by)
    day = check_written(signal, territory_id=territory_id, now=now)
    offence_id = signal.id or ids.new()
    begun = case or signal.report
    offence = Offence(
        id=offence_id,
        thread_id=begun.thread_id if begun else offence_id,
        number=numbers.take("offence", region=places.letters(territory_id), on=day),
        register=catalogue.read().codes[signal.code].register,
        register_no=signal.register_no.strip(),
        code=signal.code,
        article=signal.article,
        part=signal.part,
        acted_on=signal.acted_on,
        registered_at=signal.registered_at,
        registered_by=by.staff,
        completion=signal.completion,
        territory_id=territory_id,
        agency_id=by.agency,
        case=case,
        report=signal.report,
        key_id=case.key_id if case else signal.report.key_id if signal.report else None,
    )
    article = f"{offence.code} {offence.article}"
    held.keep(offence=offence, act="registered", by=by, now=now, article=article, persons=len(signal.persons))
    _enter(offence, by=by, now=now)
    write_persons(offence=offence, involved=signal.persons, by=by, now=now)
    keep_unnamed(offence, by=by, now=now)
    return offence


def _enter(offence: Offence, *, by: Actor, now: datetime) -> None:
    """Registered with a report that awaits a decision, the offence is the decision. Raises AlreadyDecided."""
    if offence.report_id is not None:
        criminal = offence.register == Register.CRIMINAL
        state = ReportState.PRE_TRIAL if criminal else ReportState.ADMINISTRATIVE
        reports.enter(report_id=offence.report_id, state=state, offence_id=offence.id, by=by, now=now)


def check_written(written: Written, *, territory_id: int, now: datetime) -> date:
    """Whether the register may say this of an act there; the local day of registration."""
    day = written.registered_at.astimezone(places.zone(territory_id)).date()
    rules.check_moments(written.registered_at, local_day=day, acted_on=written.acted_on, now=now)
    rules.check_number(written.register_no)
    known = catalogue.read()
    rules.check_article(known, written.code, written.article, written.part, on=written.acted_on or day)
    rules.check_completion(known, written.code, written.completion)
    return day


def _case(signal: Registered) -> Case | None:
    """The case it belongs to, held open: the one given, or the one that leads its report.

    Raises NotFound, ReportElsewhere, CaseClosed.
    """
    if signal.report is None:
        return cases.held_open(signal.case) if signal.case else None
    if not Report.objects.filter(pk=signal.report.pk).exists():
        raise NotFound
    leading = case_of_report(signal.report.pk)
    if signal.case is not None and leading != signal.case:
        raise rules.ReportElsewhere(number=signal.report.number)
    return cases.held_open(leading) if leading else None


def _territory(signal: Registered, case: Case | None, *, by: Actor) -> int:
    if case is not None:
        return case.territory_id
    if signal.report is not None:  # asked again: it may have been forwarded since it was read
        return Report.objects.only("territory_id").get(pk=signal.report.pk).territory_id
    found = signal.territory_id or by.territory_id
    if found is None or found not in by.territories:
        raise rules.PlaceElsewhere
    return found
