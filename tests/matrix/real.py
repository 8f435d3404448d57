"""What is reviewed, offered, forbidden, destroyed, kept of staff: real records beside the story, by the real actions.

Their pages open to an office, an agency or a person, not to a role over a place: so each says who is let in by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.engine.odd import Found, OddLook
from qorgan.agencies.models import Block, Declaration, Mandate, Odd, Opening, Staff
from qorgan.agencies.terms import ROLES, BlockGround, OpeningReason, Purpose, Relation
from qorgan.base import ids
from qorgan.base.keys import blind
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.models import Case
from qorgan.duties import actions as duties
from qorgan.duties.models import Escalation
from qorgan.law import actions as law
from qorgan.law import rules as laws
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.engine.ranking import Why
from qorgan.people.models import Proposal, Sought
from qorgan.reports import actions as reports
from qorgan.reports.terms import Channel, Role, Serving
from qorgan.reports.terms.contacts import Consent, Disposition
from qorgan.shredding import actions as shredding
from qorgan.shredding import queries as records
from qorgan.shredding.terms import Ground
from tests import factories
from tests.cases import disputed, shared
from tests.claims import brought
from tests.matrix import cast
from tests.matrix.conftest import NOW, Scene
from tests.roles import as_process
from tests.shredding import made

HOUR = timedelta(hours=1)
WIFE = Named(written="Қалжанова Сая Болатқызы", iin="880202400404")
SOUGHT = "900101400404"  # of the woman of the story


@dataclass(frozen=True)
class Page:
    """An address with a real id in it, and what those who are let in send there."""

    name: str
    given: Mapping[str, Any]
    let_in: frozenset[str]  # logins; anyone else whose role may ask is told that it is not there
    typed: Mapping[str, str] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()  # let in to read alone: what they send is not allowed
    knows: frozenset[str] = frozenset()  # told that it is not theirs to do, of what another page shows them
    missing: tuple[str, ...] = ()  # which of the ids is asked for anew where it never was; all of them, if empty

    @property
    def ids(self) -> dict[str, Any]:
        """The ids that are exchanged for ones that never were."""
        return {name: self.given[name] for name in self.missing or self.given if isinstance(self.given[name], UUID)}


def page(name: str, given: Mapping[str, Any], *let_in: str, **more: Any) -> Page:
    return Page(name, given, frozenset(let_in), **more)


def pages(scene: Scene) -> list[Page]:
    """Every one of them."""
    with acting(cast.of("head")):
        case = Case.objects.get(pk=scene.story.ids["case"])
    of_all = [*_late(), *_stated(), *_implemented()]
    of_all += [*_ended(), *_staff(), *_seen(scene), *_called(), *_disputed(), *_named()]
    return [*_reviewed(case), *_shared(case), *_advised(), *of_all]


def _shut(thread_id: UUID, territory_id: int) -> None:
    """Whoever is shut out of the story is shut out of this thread too."""
    by = cast.of("head")
    for role in ROLES:
        where = {"thread_id": thread_id, "territory_id": territory_id}
        with acting(by):
            agencies.block(
                staff_id=cast.of(cast.login("shut", role)).staff, **where, ground=BlockGround.KIN, by=by, now=NOW
            )


def _reviewed(case: Case) -> list[Page]:
    """In the district beside: a report about the wife of its inspector, which someone from elsewhere opened too.

    Both reviews lie with the police of the story's place. A case of that place was opened from elsewhere as well.
    """
    abai, abaihead, rudny = cast.of("abai"), cast.of("abaihead"), cast.of("rudny")
    him = Staff.objects.get(pk=abai.staff)
    agencies.declare(staff=him, relation=Relation.SPOUSE, name="", iin=WIFE.iin, phone="", by=abai, now=NOW - 3 * HOUR)
    with acting(abaihead):
        report = factories.report(by=abaihead, now=NOW - 2 * HOUR, victim=WIFE)
    block = Block.objects.get(thread_id=report.thread_id, staff=him)
    opened = [_opened(one, by=rudny) for one in (report.number, case.number)]
    _shut(report.thread_id, report.territory_id)
    answer = {"answer": "lift", "why": "Басқа адам"}
    return [
        page("reviews:block", {"block_id": block.id}, "head", typed=answer),
        page(
            "reviews:opening",
            {"opening_id": opened[0].id},
            "head",
            typed={"answer": "yes", "why": "Рас"},
            reads=frozenset({"inspector", "desk", "abaihead"}),
        ),
        page(
            "reviews:opening",
            {"opening_id": opened[1].id},
            "abaihead",
            typed={"answer": "yes", "why": "Рас"},
            reads=frozenset({"head", "inspector", "desk", "abai"}),
        ),
    ]


def _opened(number: str, *, by: Actor) -> Opening:
    with acting(by):
        opened = cases.open_by_number(number=number, reason=OpeningReason.CALL, why="Ол осында", by=by, now=NOW - HOUR)
    assert opened is not None
    return opened


def _shared(case: Case) -> list[Page]:
    """Offered to the crisis centre by her consent; and the whole case, to the police of the next district."""
    head, teller = cast.of("head"), cast.of(cast.TELLER)
    with acting(teller):
        given = shared.referred(case, by=teller, now=NOW - 2 * HOUR)
    whole = shared.transfer(case, by=head, now=NOW - 2 * HOUR)
    consent = {"case_id": case.id, "consent_id": given.consent_id}
    there = ("inspector", "head", "desk", "prosecutor")
    found = [page("cases:withdraw", consent, "inspector", "head", missing=("consent_id",))]
    for one, asked, takes in ((given, ("centre",), "inspector"), (whole, ("abai", "abaihead"), "head")):
        ids = {"referral_id": one.id}
        looks_on = frozenset(there) - {"head", takes}
        found += [
            page("referrals:referral", ids, *there, *asked),
            page("referrals:accept", ids, *asked, typed={"seen": "1"}),
            page("referrals:decline", ids, *asked, typed={"seen": "1", "why": "no_place"}),
            page("referrals:stopped", ids, *asked, typed={"seen": "1"}),
            page(
                "referrals:take_back", ids, "head", takes, typed={"seen": "1"}, reads=looks_on, knows=frozenset(asked)
            ),
        ]
    return found


def _advised() -> list[Page]:
    """What the review of a death recommended to the crisis centre; who keeps the review may write its answer down."""
    head = cast.of("head")
    with acting(head):
        case = factories.case(by=cast.of("inspector"), now=NOW - 2 * HOUR)
        review = cases.begin_death_review(case=case, by=head, now=NOW - 2 * HOUR)
        office = cast.of("centre").agency
        made = cases.recommend(review=review, agency_id=office, words="Түнде де оқу.", by=head, now=NOW - HOUR)
    _shut(case.thread_id, case.territory_id)
    answer = {"reply": "accepted", "why": "", "letter": "хат № 7", "seen": "1"}
    return [page("cases:recommendation", {"recommendation_id": made.id}, "centre", "head", typed=answer)]


def _ended() -> list[Page]:
    """A case at its end: one of its people was destroyed, the whole of it is asked for, and a court forbids it."""
    teller, head, prosecutor, clerk = (cast.of(one) for one in (cast.TELLER, "head", "prosecutor", "clerk"))
    with acting(teller):
        case = made.closed(by=teller, now=NOW - 30 * HOUR)
    with acting(head):
        whole, person = records.of_case(case), made.victim(case)
    system = offices.system("tests")
    gone = made.destroyed(person, asks=head, confirms=prosecutor, system=system, now=NOW - 20 * HOUR)
    with acting(head):
        asked = shredding.ask(record=whole, ground=Ground.COURT, paper="№ 5", reason="Сот", by=head, now=NOW - HOUR)
    with acting(clerk):
        hold = shredding.hold(case=case, reason="Апелляция", until=None, by=clerk, now=NOW - HOUR)
    _shut(case.thread_id, case.territory_id)
    both, sure = ("head", "prosecutor"), {"sure": "on", "seen": "1"}
    found = [
        page("shredding:destruction", {"destruction_id": asked.id}, *both),
        page("shredding:confirm", {"destruction_id": asked.id}, "prosecutor", typed=sure),
        page("shredding:decline", {"destruction_id": asked.id}, "prosecutor", typed=sure),
        page("shredding:certificate", {"destruction_id": asked.id}),
        page("shredding:holds", {"case_id": case.id}, *both, "clerk", typed={"reason": "Шағым"}),
        page("shredding:lift", {"hold_id": hold.id}, *both, "clerk", typed={"why": "Қайтарылды", "seen": "1"}),
        page("shredding:ask", {"case_id": case.id}, "head"),
    ]
    names = ("shredding:destruction", "shredding:certificate", "shredding:paper")
    return [*found, *(page(name, {"destruction_id": gone.id}, *both) for name in names)]


def _staff() -> list[Page]:
    """A person with a mandate and an invitation, a channel of her mandate, a declaration of her own."""
    admin, inspector = cast.of("admin"), cast.of("inspector")
    new = agencies.add_person(login="a.serikova", names={"kk": "Серікова Айгүл"}, by=admin, now=NOW - HOUR)
    agencies.give_mandate(
        staff_id=new.id,
        agency=Mandate.objects.get(pk=inspector.mandate_id).agency,
        role=ROLES["district_inspector"],
        territory_id=7903,
        purpose=Purpose.CHILDREN,
        valid_from=NOW - HOUR,
        valid_until=None,
        by=admin,
        now=NOW - HOUR,
    )
    agencies.invite(staff_id=new.id, by=admin, now=NOW - HOUR)
    given = Mandate.objects.get(staff=new)
    channel, _token = agencies.open_channel(mandate=given, label="пульт", by=admin, now=NOW - HOUR)[:2]
    her = Staff.objects.get(pk=inspector.staff)
    agencies.declare(staff=her, relation=Relation.SIBLING, name="", iin="910101400404", phone="", by=inspector, now=NOW)
    own = Declaration.objects.get(staff=her)
    login, keepers = {"login": new.login}, ("admin", cast.login("shut", "administrator"))
    mandate = {**login, "mandate_id": given.id}
    return [
        page("staff:person", login, *keepers),
        page("staff:mandate", login, *keepers),
        page("staff:end_mandate", mandate, *keepers, missing=("mandate_id",), typed={"sure": "on"}),
        page("staff:step", {**login, "what": "invite"}, *keepers, typed={"sure": "on"}),
        page("staff:step", {**login, "what": "disable"}, *keepers, typed={"sure": "on"}),
        page("staff:channel_step", {"channel_id": channel.id, "what": "rotate"}, *keepers, typed={"sure": "on"}),
        page("staff:channel_step", {"channel_id": channel.id, "what": "sign"}, *keepers, typed={"pem": "x"}),
        page("kin:end", {"declaration_id": own.id}, "inspector", *keepers),
    ]


def _seen(scene: Scene) -> list[Page]:
    """A look to be judged, of someone of the place and of someone shut out; and that someone elsewhere sought her."""
    system, rudny = offices.system("tests"), cast.of("rudny")
    of, about = cast.of("inspector").staff, cast.of(cast.login("shut", "unit_head")).staff
    with acting(system), as_process(Process.WORKER):
        found = [Found(staff, OddLook.MANY, NOW.date(), None, 60, 9) for staff in (of, about)]
        agencies.list_odd(found=found, by=system, now=NOW - HOUR)
        index = blind.iin(SOUGHT)
        assert index is not None
        searcher = Mandate.objects.select_related("staff", "agency", "territory").get(pk=rudny.mandate_id)
        cases.tell_elsewhere(index=index, number="iin", searcher=searcher, by=system, now=NOW - HOUR)
    with acting(cast.of("head")):
        sought = Sought.objects.get(thread_id=scene.story.threads[0])
    odd = {one.staff_id: one.id for one in Odd.objects.all()}
    shut = {cast.login("shut", role) for role in ("unit_head", "prosecutor")}
    weigh = {"why": "Сұралды: рас"}
    return [
        page("reviews:look", {"odd_id": odd[of]}, "head", "prosecutor", *shut, typed=weigh),
        page(
            "reviews:look", {"odd_id": odd[about]}, "head", "prosecutor", cast.login("shut", "prosecutor"), typed=weigh
        ),
        page("people:sought", {"sought_id": sought.id}, "desk", "inspector", "head"),
        *_held_same(sought.person_id),
    ]


def _held_same(person_id: UUID) -> list[Page]:
    """The woman of the story, held for one with the woman of another report of the place."""
    teller, now = cast.of(cast.TELLER), NOW - HOUR
    with acting(teller):
        other = factories.report(by=teller, now=now, victim=Named(written="Сериккызы Айгерим"))
        _shut(other.thread_id, other.territory_id)
        twin = other.persons.get(role=Role.VICTIM).person
        pair_ids = _proposed(person_id)
        said_id = people.hold_same(person_id=person_id, other_id=twin.id, why="Өзі айтты", by=teller, now=now)
    known, knowing = {"known_id": person_id}, ("inspector", "head")
    taken = {"part-which": str(said_id), "part-why": "Басқа адам"}
    return [
        page("people:person", known, "desk", *knowing),
        page("people:part", known, *knowing, typed=taken),
        page("people:pair", {"pair_id": pair_ids[0]}, *knowing, typed={"why": "Өзі айтты"}),
        page("people:refuse", {"pair_id": pair_ids[0]}, *knowing),
        page("people:restore", {"pair_id": pair_ids[1]}, *knowing),
    ]


def _proposed(person_id: UUID) -> tuple[UUID, UUID]:
    """Two pairs that the night proposed, of the woman with women of other reports; of the second it was said: no."""
    teller, system, made = cast.of(cast.TELLER), offices.system("tests"), []
    for name in ("Серикова Айгерим", "Серікқызы Айгерім"):
        other = factories.report(by=teller, now=NOW - HOUR, victim=Named(written=name))
        _shut(other.thread_id, other.territory_id)
        twin = other.persons.get(role=Role.VICTIM).person_id
        with acting(system), as_process(Process.WORKER):
            likely = [people.Likely(person_id, twin, (Why.OTHER_SPELLING,))]
            people.propose(pairs=likely, by=system, now=NOW - HOUR)
        made.append(Proposal.objects.get(person=person_id, other=twin).pair_id)
    people.refuse_proposal(pair_id=made[1], by=teller, now=NOW - HOUR)
    return made[0], made[1]


def _called() -> list[Page]:
    """Calls of line 150: one that is told, with an alarm about it; one that is over, and may be blocked."""
    taker = cast.of("calltaker")
    number = "+7 701 000 00 41"
    told, abusive = (reports.Reached(ids.new(), Channel.TRUST_LINE_150, NOW, number=number) for _one in range(2))
    asked = {"contact_id": told.contact_id, "serving": Serving.NO, "consent": Consent.AGREED}
    with acting(taker):
        for one, said in ((told, Disposition.SELF), (abusive, Disposition.ABUSIVE)):
            held = reports.begin(reached=one, by=taker, now=NOW)
            reports.dispose(contact_id=held.id, disposition=said, by=taker, now=NOW)
        reports.raise_alarm(words="Шымкент", by=taker, now=NOW, **asked)  # type: ignore[arg-type]  # named above
    for one in (told, abusive):
        _shut(one.contact_id, held.territory_id)
    words = {"narrative": "итерді", "serving": "no", "consent": "agreed", "disposition": "self", "seen": "0"}
    names = ("contact", "number", "dispose", "undo", "draft", "complete", "tell", "take_back")
    found = [page(f"calls:{name}", {"contact_id": told.contact_id}, "calltaker", typed=words) for name in names]
    blocked = {"reason": "abusive", "until": "1"}
    return [*found, page("calls:block", {"contact_id": abusive.contact_id}, "calltaker", typed=blocked)]


def _implemented() -> list[Page]:
    """A report of implementation: of the whole country, and so open to a role wherever that acts."""
    told = laws.Report(
        reported_by="Денсаулық сақтау министрлігі",
        reported_on=date(2019, 8, 1),
        first_day=date(2018, 1, 1),
        last_day=date(2018, 12, 31),
        done="Бір рет қолданылды",
        document="№ 7 хат",
    )
    held = {"entry_id": law.enter_report(key="castration_use", told=told, by=cast.of("ombudsman"), now=NOW).pk}
    let_in = _roles_with("law.report.enter")
    return [page("life:withdraw", held, *let_in, typed={"seen": "0", "reason": "көшірме"})]


def _roles_with(permission: str) -> list[str]:
    """Everyone of the cast whose role allows an act, wherever they act."""
    roles = [role for role, found in ROLES.items() if permission in found.permissions]
    return [name for role in roles for name in (cast.CAST[role], cast.login("shut", role), cast.login("far", role))]


def _late() -> list[Page]:
    """A report that nobody decided on for days: told to the head of the unit, and then to the prosecutor."""
    teller, system = cast.of(cast.TELLER), offices.system("tests")
    with acting(teller):
        report = factories.report(by=teller, now=NOW - 80 * HOUR)
    _shut(report.thread_id, report.territory_id)
    with acting(system), as_process(Process.WORKER):
        for role in ("unit_head", "prosecutor"):
            duties.escalate(role=role, by=system, now=NOW)
        told = dict(Escalation.objects.filter(duty__thing_id=report.id).values_list("role", "id"))
    said = {"answer": "noted", "seen": "0"}
    return [
        page("duties:escalation", {"escalation_id": told["unit_head"]}, "head", typed=said),
        page("duties:escalation", {"escalation_id": told["prosecutor"]}, "prosecutor", typed=said),
    ]


def _stated() -> list[Page]:
    """A statement of the register: it lies in no place, and so it opens to a role wherever that acts."""
    held = {"statement_id": brought.statement(now=NOW, by=cast.of("ombudsman")).pk}
    of = _roles_with
    again = {"text": brought.ORDERS, "language": "kk", "reason": "көшірме", "seen": "0"}
    return [
        page("statements:statement", held, *of("claims.statement.see")),
        page("statements:read", held, *of("claims.statement.bring"), typed={"seen": "0"}),
        page("statements:correct", held, *of("claims.statement.bring"), typed=again),
        page("statements:publish", held, *of("claims.statement.publish"), typed={"seen": "0"}),
        page("statements:withdraw", held, *of("claims.statement.withdraw"), typed={"seen": "0", "reason": "көшірме"}),
    ]


def _disputed() -> list[Page]:
    """A case in which two statements are marked, and the mother asks the ombudsman for a review."""
    teller, now = cast.of(cast.TELLER), NOW - HOUR
    with acting(teller):
        case = factories.case(by=teller, now=now)
        marked = disputed.contradiction(case, by=teller, now=now)
        review = disputed.review(case, by=teller, now=now)
    _shut(case.thread_id, case.territory_id)
    held, there = {"review_id": review.id}, ("inspector", "head", "desk", "prosecutor")
    mark = {"case_id": case.id, "contradiction_id": marked.id}
    return [
        page("cases:unmark", mark, "inspector", "head", missing=("contradiction_id",)),
        page("cases:review", held, *there, "ombudsman"),
        page("cases:review_term", held, "ombudsman", typed={"seen": "1"}),
        page("cases:review_answer", held, "ombudsman", typed={"seen": "1"}),
    ]


def _named() -> list[Page]:
    """Someone who came without a name; and one who was given hers in her place."""
    teller, now, found = cast.of(cast.TELLER), NOW - HOUR, []
    typed = {"cases:name": {"written": "Әбдірахман Айша", "sex": "female"}, "cases:unname": {"why": "Басқа қыз"}}
    for name, said in typed.items():
        with acting(teller):
            begun = factories.report(by=teller, now=now, victim=Named(phone="+7 701 000 00 44"))
            case = cases.open_from_report(report=begun, by=teller, now=now)
            her = next(person.id for _role, person in case_queries.persons(case) if not person.name)
            if name == "cases:unname":
                cases.name_person(case=case, person_id=her, named=Named(written="Айша"), by=teller, now=now)
        _shut(case.thread_id, case.territory_id)
        held = {"case_id": case.id, "person_id": her}
        found.append(page(name, held, "inspector", "head", missing=("person_id",), typed=said))
    return found
