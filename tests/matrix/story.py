"""One whole story, told by the real actions: a report that waits, and one that became a case with all that follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qorgan.base import ids
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.terms import Role, Speaker
from qorgan.courts import actions as courts
from qorgan.courts.models import Decision, Hearing
from qorgan.courts.queries import courts_for
from qorgan.courts.terms import Kind, Party
from qorgan.duties.models import Duty
from qorgan.duties.terms import DONE_BY_HAND
from qorgan.missing import actions as missing
from qorgan.offences.actions import Involved
from qorgan.offences.models import Offence
from qorgan.orders import actions as orders
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import Prohibition, Receipt
from qorgan.reports.models import Report
from qorgan.web.reports import imports
from tests import factories
from tests.courts import made
from tests.missing import made as sought
from tests.risk import made as danger

HOUR = timedelta(hours=1)
REFUSED = "КУИ;Қашан\r\nSYN-1;кеше\r\n".encode()

# What a parameter of an address is called, and the record of the story that bears it.
THINGS = {
    "report_id": "waiting",
    "case_id": "case",
    "offence_id": "offence",
    "person_id": "involved",
    "order_id": "order",
    "court_case_id": "court_case",
    "hearing_id": "hearing",
    "decision_id": "decision",
    "appeal_id": "appeal",
    "duty_id": "duty",
    "import_id": "sent_file",
    "alarm_id": "alarm",
    "assessment_id": "assessment",
    "measure_id": "measure",
    "lowering_id": "lowering",
    "notice_id": "notice",
    "breach_id": "breach",
}


@dataclass(frozen=True)
class Story:
    """Ids of the records by name, the threads they belong to, and the numbers that they can be sought by."""

    ids: dict[str, Any]
    threads: tuple[UUID, ...]  # the case, the report that waits, the file that was sent
    territory_id: int
    numbers: dict[str, str]
    people: dict[Role, UUID]
    order: Order

    def given(self, parameters: tuple[str, ...], said: dict[str, Any]) -> dict[str, Any]:
        """Values for the parameters of an address; `said` are those that name no record."""
        found = {one: self.ids[THINGS[one]] for one in parameters if one in THINGS}
        if "thing_id" in parameters:
            found["thing_id"] = self.ids[said["thing"]]
        return {**found, **said}


def told(*, by: Actor, clerk: Actor, now: datetime) -> Story:
    """The story, told by an inspector and a court clerk of the place; it began some hours before `now`."""
    with acting(by):
        waiting = factories.report(by=by, now=now - HOUR)
        begun = factories.report(by=by, now=now - 5 * HOUR)
        case = cases.open_from_report(report=begun, by=by, now=now - 4 * HOUR)
        said = {"speaker": Speaker.VICTIM, "words": factories.WORDS, "source": "қоңырау", "said_at": now - 5 * HOUR}
        cases.write_account(case=case, by=by, now=now - 4 * HOUR, **said)
        people = {role: person.id for role, person in case_queries.persons(case)}
        drafted = factories.draft(by=by, now=now - 4 * HOUR, held=case)
        issued = orders.issue(order=drafted, by=by, now=now - 3 * HOUR)
        service = orders.Service(at=now - 3 * HOUR, receipt=Receipt.SIGNED)
        order = orders.serve(order=issued, service=service, by=by, now=now - 3 * HOUR)
        breach = _breached_twice(order, by=by, now=now - 2 * HOUR)
        involved = tuple(Involved(person_id=one) for one in people.values())
        offence = factories.offence(
            by=by, now=now - 3 * HOUR, case=case, persons=involved, register_no=f"SYN-{case.number}"
        )
        alarm = missing.raise_in_case(
            case=case, child_id=people[Role.VICTIM], told=missing.Told(age=9), by=by, now=now - 2 * HOUR
        )
        notice = missing.propose(alarm=alarm, words=sought.WORDS, by=by, now=now - 2 * HOUR)
        lowering = danger.lowering(by=by, now=now - 2 * HOUR, case=case)
        assessment = danger.assessed("choked", by=by, now=now - HOUR, case=case)
        measure = lowering.assessment.measures.order_by("id")[0]
        sent_file = imports._keep(REFUSED, by=by, now=now)
    court = _in_court(order, offence, by=by, clerk=clerk, now=now)
    with acting(by):
        duty = Duty.objects.filter(thread_id=case.thread_id, kind__in=DONE_BY_HAND).order_by("id")[0]
        one_of_them = offence.persons.order_by("id")[0].pk
    court_case = court["court_case"]
    held = {"waiting": waiting.id, "report": begun.id, "case": case.id, "order": order.id, "offence": offence.id}
    held |= {"duty": duty.id, "sent_file": sent_file, "involved": one_of_them}
    held |= {"alarm": alarm.id, "notice": notice.id, "breach": breach.id}
    held |= {"assessment": assessment.id, "lowering": lowering.id, "measure": measure.id}
    held |= {name: one.id for name, one in court.items()}
    numbers = {"waiting": waiting.number, "desk": waiting.kui_no, "case": case.number, "order": order.number}
    numbers |= {"offence": offence.number, "register": offence.register_no, "court_case": court_case.number}
    threads = (case.thread_id, waiting.thread_id, sent_file)
    return Story(held, threads, case.territory_id, numbers, people, order)


def _breached_twice(order: Order, *, by: Actor, now: datetime) -> Breach:
    """The second telling of a breach, which may be of the first."""
    told = orders.Told(noticed_at=now, breached=(Prohibition.CONTACT,), note=factories.WORDS)
    orders.note_breach(order=order, told=told, by=by, now=now)
    return orders.note_breach(order=order, told=told, by=by, now=now)


def _in_court(order: Order, offence: Offence, *, by: Actor, clerk: Actor, now: datetime) -> dict[str, Any]:
    """What waits for a hearing, and what was decided and appealed."""
    with acting(by):
        seat = courts_for(order.territory_id).first()
        assert seat is not None
        first, second = (
            courts.send(material=made.material(court_id=seat.id, **about), by=by, now=now - 2 * HOUR)
            for about in ({"order": order}, {"kind": Kind.CRIMINAL, "offence": offence, "order": None})
        )
    with acting(clerk):
        courts.schedule(court_case=first, at=now + 24 * HOUR, by=clerk, now=now - 2 * HOUR)
        hearing = Hearing.objects.get(court_case=first)
        ruling = made.ruling(made.DecisionKind.SENTENCE, at=now - HOUR, measure=made.Measure(conviction=True))
        decision = courts.decide(court_case=second, ruling=ruling, by=clerk, now=now - HOUR)
        appeal = courts.appeal(decision=decision, filed_by=Party.OFFENDER, at=now - HOUR, by=clerk, now=now - HOUR)
    assert isinstance(decision, Decision)
    return {"court_case": first, "hearing": hearing, "decision": decision, "appeal": appeal}


def nothing() -> dict[str, Any]:
    """Ids that no record ever bore, by the names of a story."""
    return {name: 2**62 if name == "involved" else ids.new() for name in {*THINGS.values(), "report"}}


def looked_at(kind: str) -> int:
    """How many rows of a kind the journal holds."""
    return JournalEntry.objects.filter(kind=kind).count()


__all__ = ["THINGS", "Report", "Story", "beside", "looked_at", "nothing", "told"]
