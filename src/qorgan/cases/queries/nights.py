"""Which children of a case a parent may have harmed, whether the guardianship authority knows, where they sleep."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qorgan.base.keys import vault
from qorgan.cases.models import Case, Night, Parenthood, Referral, Telling
from qorgan.cases.queries.barred import Speaking, complained_of, representations
from qorgan.cases.queries.files import Line, persons
from qorgan.cases.terms import Aim, Bond, Parent, Role, Standing, Stays
from qorgan.law import queries as law
from qorgan.people.queries import PersonView
from qorgan.places import queries as places

WHY, WHOM, OFFICE = "cases.night.why", "cases.night.whom", "cases.night.office"
SAID_WHY, TOLD_OFFICE, TOLD_WHY = "cases.parenthood.why", "cases.telling.office", "cases.telling.why"


Part = tuple[Role, PersonView]


@dataclass(frozen=True)
class NightView:
    """A decision, opened: about which child, with whom, why."""

    held: Night
    child: PersonView
    stays: Stays
    keeper: str
    why: str
    office: str

    def holds(self, *, now: datetime) -> bool:
        """Whether the child stays there now by it."""
        return self.held.ended_at is None and (self.held.until is None or now < self.held.until)


@dataclass(frozen=True)
class Said:
    """The word that stands on whether someone complained of is a child's parent."""

    child: PersonView
    offender: PersonView
    word: Parent | None
    why: str = ""


def today(case: Case, *, now: datetime) -> date:
    """The day in the place of the case."""
    return now.astimezone(places.zone(case.territory_id)).date()


def children(case: Case, *, on: date, people: list[Part] | None = None) -> list[PersonView]:
    """The children of the case: named as such, or known to be under age; not the one complained of."""
    adult = law.value("ages.adult", on=on)
    until = adult.number() if adult.decides else 0
    found: dict[UUID, PersonView] = {}
    for role, view in persons(case) if people is None else people:
        age = view.age_on(on)
        is_child = role is Role.CHILD if age is None else age < until
        if is_child and role in (Role.CHILD, Role.VICTIM, Role.WITNESS):
            found[view.id] = view
    return list(found.values())


def parenthood(
    case: Case, *, on: date, people: list[Part] | None = None, offenders: list[PersonView] | None = None
) -> list[Said]:
    """Of each child and each one complained of, the word that stands; None where nobody has said."""
    young = children(case, on=on, people=people)
    last = {(one.child_id, one.offender_id): one for one in Parenthood.objects.filter(case=case).order_by("said_at")}
    if not young:
        return []
    vault.unlock(*(one.why for one in last.values()))
    found = []
    for offender in complained_of(case) if offenders is None else offenders:
        for child in young:
            held = last.get((child.id, offender.id))
            why = vault.open(held.why, at=SAID_WHY) if held else ""
            found.append(Said(child, offender, Parent(held.word) if held else None, why))
    return found


def at_stake(case: Case, *, on: date) -> list[PersonView]:
    """The children of whom a parent, or who stands in a parent's place, is or may be complained of."""
    young = children(case, on=on)
    return stake_among(young, parenthood(case, on=on), representations(case)) if young else []


def stake_among(young: list[PersonView], said: list[Said], spoken: list[Speaking]) -> list[PersonView]:
    """Those among children at stake, by what was said and by who may not speak for them."""
    found = {one.child.id for one in said if one.word is not None and one.word.calls}
    for one in spoken:
        if one.barred is not None and one.held.ended_at is None and one.bond in (Bond.PARENT, Bond.GUARDIAN):
            found.add(one.person.id)
    return [view for view in young if view.id in found]


def telling(case: Case) -> Telling | None:
    """That the authority was told of this case."""
    return Telling.objects.filter(case=case).select_related("referral__to_agency").first()


def owes_telling(case: Case, *, on: date) -> bool:
    """Whether the authority is to be told, and was not: until then nobody else is told of the child."""
    return telling(case) is None and bool(at_stake(case, on=on))


def standing_authority(case: Case) -> Referral | None:
    """The referral by which a guardianship authority answers now, or is asked to."""
    found = Referral.objects.filter(
        case=case,
        asked=Aim.GUARDIANSHIP,
        to_agency__kind="guardianship",
        standing__in=(Standing.PROPOSED, Standing.ACCEPTED),
    )
    return found.order_by("made_at", "id").first()


def nights(case: Case, *, people: list[Part] | None = None) -> list[NightView]:
    """Every decision on where a child of the case sleeps, the newest first."""
    held = list(Night.objects.filter(case=case).select_related("agency").order_by("-decided_at", "-id"))
    if not held:
        return []
    views = {view.id: view for _role, view in (persons(case) if people is None else people)}
    vault.unlock(*(text for one in held for text in (one.why, one.whom, one.office)))
    return [
        NightView(
            held=one,
            child=views[one.child_id],
            stays=Stays(one.stays),
            keeper=views[one.keeper_id].name if one.keeper_id else vault.open(one.whom, at=WHOM),
            why=vault.open(one.why, at=WHY),
            office=vault.open(one.office, at=OFFICE),
        )
        for one in held
    ]


def nights_stand(case: Case) -> int:
    """A number that grows with every word on parents, every telling and every decision: what the forms compare."""
    counted = (model.objects.filter(case=case).count() for model in (Parenthood, Telling, Night))
    return sum(counted)


def without_bed(case: Case, *, now: datetime) -> list[PersonView]:
    """The children at stake for whom no decision holds."""
    held = {one.child_id for one in Night.objects.filter(case=case, ended_at__isnull=True) if _holds(one, now)}
    return [one for one in at_stake(case, on=today(case, now=now)) if one.id not in held]


def night_lines(case: Case) -> list[Line]:
    """That the authority was told, and what it decided, as lines of the timeline."""
    told = Telling.objects.filter(case=case).values_list("told_at", "told_by")
    lines = [Line(at, "authority_told", "done", {}, by) for at, by in told]
    for stays, at, by in Night.objects.filter(case=case).values_list("stays", "decided_at", "decided_by"):
        lines.append(Line(at, "night_decided", "done", {"result": Stays(stays).label}, by))
    return lines


def _holds(one: Night, now: datetime) -> bool:
    return one.until is None or now < one.until
