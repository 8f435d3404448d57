"""Reading what was said and found in a case, topic by topic; what a person holds to contradict, and what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from uuid import UUID

from qorgan.base.keys import vault
from qorgan.cases.models import Account, Answer, Case, Contradiction, Examined, Finding
from qorgan.cases.terms import Discipline, Object, Said, Speaker, Through, Topic
from qorgan.people.queries import PersonView, by_ids
from qorgan.reports.models import Report

ACCOUNT, ANSWER, WITHDRAWN = "cases.account.words", "cases.answer.words", "cases.contradiction.withdrawn_why"
INSTITUTION, EXPERT, EXAMINED = "cases.finding.institution", "cases.finding.expert", "cases.examined.words"


@dataclass(frozen=True)
class AnswerView:
    """What a statement says of a topic, opened."""

    topic: Topic
    said: Said | None
    words: str = field(repr=False)


@dataclass(frozen=True)
class AccountView:
    """What someone said, opened. `corrected`: another account puts it right; it stands all the same."""

    id: UUID
    speaker: Speaker
    words: str = field(repr=False)
    source: str
    said_at: datetime
    written_by: UUID
    through: Through = Through.DIRECTLY
    person_id: UUID | None = None
    corrects_id: UUID | None = None
    corrected: bool = False
    stated: tuple[AnswerView, ...] = ()

    @property
    def at(self) -> datetime:
        """When it was said."""
        return self.said_at

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"account:{self.id}"


@dataclass(frozen=True)
class ExaminedView:
    """What a finding examined: a thing of the case by its id, or in words. `number`: of a report."""

    kind: Object
    id: UUID | None
    words: str = field(repr=False)
    number: str = ""


@dataclass(frozen=True)
class FindingView:
    """An expert finding, opened. `corrected`: another entry puts it right; it stands all the same."""

    id: UUID
    discipline: Discipline
    institution: str = field(repr=False)
    expert: str = field(repr=False)
    number: str
    asked_at: datetime
    given_at: datetime
    beside_id: UUID | None
    corrects_id: UUID | None
    written_by: UUID
    corrected: bool
    stated: tuple[AnswerView, ...]
    examined: tuple[ExaminedView, ...]

    @property
    def at(self) -> datetime:
        """When it was given."""
        return self.given_at

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"finding:{self.id}"


Side = AccountView | FindingView


@dataclass(frozen=True)
class ContradictionView:
    """Two statements that a person holds to contradict each other on a topic, in the order in which they were made."""

    held: Contradiction
    topic: Topic
    one: Side
    other: Side
    why: str = field(repr=False)

    @property
    def stands(self) -> bool:
        """Whether nobody has withdrawn it."""
        return self.held.withdrawn_at is None


@dataclass(frozen=True)
class Difference:
    """Two closed answers to one question that are not the same. That they contradict, only a person says."""

    topic: Topic
    one: Side
    other: Side


@dataclass(frozen=True)
class Statements:
    """All that was said and found in a case, in the order in which it was, and what was marked of it."""

    case_id: UUID
    accounts: list[AccountView]
    findings: list[FindingView]
    contradictions: list[ContradictionView]

    @property
    def sides(self) -> dict[str, Side]:
        """Everything that may stand on one side, by the name that a form gives it."""
        return {one.key: one for one in _in_order([*self.accounts, *self.findings])}

    @property
    def differences(self) -> list[Difference]:
        """What the closed answers differ in and nobody has marked; what was put right, or cannot be said, is left."""
        marked = {(view.topic, frozenset((view.one.id, view.other.id))) for view in self.contradictions if view.stands}
        live = [side for side in self.sides.values() if not side.corrected]
        return [
            Difference(topic, one, other)
            for one, other in combinations(live, 2)
            for topic in Topic
            if _differ(_closed(one).get(topic), _closed(other).get(topic))
            and (topic, frozenset((one.id, other.id))) not in marked
        ]


def _differ(one: Said | None, other: Said | None) -> bool:
    return None not in (one, other) and one is not other and Said.CANNOT_SAY not in (one, other)


def _closed(side: Side) -> dict[Topic, Said]:
    return {one.topic: one.said for one in side.stated if one.said is not None}


def _in_order(sides: Iterable[Side]) -> list[Side]:
    return sorted(sides, key=lambda side: (side.at, str(side.id)))


def accounts(case: Case) -> list[AccountView]:
    """Who said what, in the order it was said."""
    return _accounts(case, _answers(case))


def statements(case: Case) -> Statements:
    """Everything said and found in the case: the same number of questions however much there is."""
    answers = _answers(case)
    heard, found = _accounts(case, answers), _findings(case, answers)
    sides: dict[UUID | None, Side] = {side.id: side for side in _in_order([*heard, *found])}
    held = list(Contradiction.objects.filter(case=case).order_by("marked_at", "id"))
    vault.unlock(*(one.withdrawn_why for one in held))
    marked = []
    for one in held:
        pair = (sides[one.one_account_id or one.one_finding_id], sides[one.other_account_id or one.other_finding_id])
        first, second = _in_order(pair)
        marked.append(
            ContradictionView(one, Topic(one.topic), first, second, vault.read(one.withdrawn_why, at=WITHDRAWN))
        )
    return Statements(case.id, heard, found, marked)


def _answers(case: Case) -> dict[UUID | None, tuple[AnswerView, ...]]:
    held = list(Answer.objects.filter(case=case).order_by("id"))
    vault.unlock(*(one.words for one in held))
    found: dict[UUID | None, tuple[AnswerView, ...]] = {}
    for one in held:
        view = AnswerView(Topic(one.topic), Said(one.said) if one.said else None, vault.read(one.words, at=ANSWER))
        key = one.account_id or one.finding_id
        found[key] = (*found.get(key, ()), view)
    return found


def _accounts(case: Case, answers: Mapping[UUID | None, tuple[AnswerView, ...]]) -> list[AccountView]:
    held = list(Account.objects.filter(case=case).order_by("said_at", "id"))
    vault.unlock(*(account.words for account in held))
    corrected = {one.corrects_id for one in held}
    return [
        AccountView(
            id=one.id,
            speaker=Speaker(one.speaker),
            words=vault.read(one.words, at=ACCOUNT),
            source=one.source,
            said_at=one.said_at,
            written_by=one.written_by,
            through=Through(one.through),
            person_id=one.person_id,
            corrects_id=one.corrects_id,
            corrected=one.id in corrected,
            stated=answers.get(one.id, ()),
        )
        for one in held
    ]


def _findings(case: Case, answers: Mapping[UUID | None, tuple[AnswerView, ...]]) -> list[FindingView]:
    held = list(Finding.objects.filter(case=case).order_by("given_at", "id"))
    looked = list(Examined.objects.filter(finding__in=[one.id for one in held]).order_by("id")) if held else []
    reports = [one.report_id for one in looked if one.report_id]
    numbers = dict(Report.objects.filter(pk__in=reports).values_list("id", "number")) if reports else {}
    vault.unlock(*(text for one in held for text in (one.institution, one.expert)), *(one.words for one in looked))
    corrected = {one.corrects_id for one in held}
    return [
        FindingView(
            id=one.id,
            discipline=Discipline(one.discipline),
            institution=vault.read(one.institution, at=INSTITUTION),
            expert=vault.read(one.expert, at=EXPERT),
            number=one.number,
            asked_at=one.asked_at,
            given_at=one.given_at,
            beside_id=one.beside_id,
            corrects_id=one.corrects_id,
            written_by=one.written_by,
            corrected=one.id in corrected,
            stated=answers.get(one.id, ()),
            examined=tuple(_looked(each, numbers) for each in looked if each.finding_id == one.id),
        )
        for one in held
    ]


def _looked(one: Examined, numbers: Mapping[UUID, str]) -> ExaminedView:
    named = one.person_id or one.report_id or one.account_id or one.earlier_id
    number = numbers.get(one.report_id, "") if one.report_id else ""
    return ExaminedView(Object(one.kind), named, vault.read(one.words, at=EXAMINED), number)


def speakers(found: Statements) -> dict[UUID, PersonView]:
    """The people of the case who spoke or were examined, opened: for those to whom they are open."""
    spoke = {one.person_id for one in found.accounts if one.person_id}
    seen = {one.id for finding in found.findings for one in finding.examined if one.kind is Object.PERSON and one.id}
    return by_ids(spoke | seen)


def said_stands(case: Case) -> int:
    """A number that grows with every write to what was said, found and marked: what forms show and compare.

    The case must just have been read, or be held.
    """
    versions = Contradiction.objects.filter(case=case).values_list("version", flat=True)
    counted = Account.objects.filter(case=case).count() + Finding.objects.filter(case=case).count()
    return case.version + counted + sum(versions)


def find_contradiction(case: Case, contradiction_id: UUID) -> Contradiction | None:
    """A mark of the case."""
    return Contradiction.objects.filter(pk=contradiction_id, case=case).first()
