"""Writing down what someone said and what experts found, each beside the others; and that two of them contradict."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies.rules import reason
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions.held import locked, seen_open
from qorgan.cases.models import Account, Answer, Case, CasePerson, Contradiction, Examined, Finding
from qorgan.cases.queries.accounts import ACCOUNT, ANSWER, EXAMINED, EXPERT, INSTITUTION, WITHDRAWN
from qorgan.cases.terms import Discipline, Object, Said, Speaker, Through, Topic

KINDS = ("cases.account.", "cases.finding.", "cases.contradiction.", "cases.case.")


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What is said of a topic: words, and one of its closed answers where it has them."""

    topic: Topic
    words: str = ""
    said: Said | None = None


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What someone said. `words`: all of it, as it was said; `stated`: the same, topic by topic.

    `person_id` is the speaker, where a person of the case spoke; `corrects_id` the account that this one puts right.
    """

    speaker: Speaker
    words: str
    source: str
    said_at: datetime
    through: Through = Through.DIRECTLY
    person_id: UUID | None = None
    corrects_id: UUID | None = None
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What experts examined: something of the case by its id, or something named in words."""

    kind: Object
    id: UUID | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """An expert finding. `beside_id`: the finding it was asked for beside; `corrects_id`: the entry it puts right."""

    discipline: Discipline
    institution: str
    expert: str
    number: str
    asked_at: datetime
    given_at: datetime
    stated: tuple[Stated, ...]
    examined: tuple[Looked, ...]
    beside_id: UUID | None = None
    corrects_id: UUID | None = None


@dataclass(frozen=True)
class Statement:
    """One side of a contradiction: an account or a finding of the case."""

    account_id: UUID | None = None
    finding_id: UUID | None = None

    @property
    def id(self) -> UUID | None:
        """Its id, whichever it is."""
        return self.account_id or self.finding_id


@transaction.atomic
def write_account(
    *,
    case: Case,
    speaker: Speaker,
    words: str,
    source: str,
    said_at: datetime,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Account:
    """Write down what someone said, without more: `hear` with nothing but the words."""
    heard = Heard(speaker=speaker, words=words, source=source, said_at=said_at)
    return hear(case=case, heard=heard, by=by, now=now, seen=seen)


@transaction.atomic
def hear(*, case: Case, heard: Heard, by: Actor, now: datetime, seen: int | None = None) -> Account:
    """Write down what someone said. It stands beside what others said; nothing is corrected by it.

    `seen`: `queries.stands` of the accounts as it was shown. Raises NothingWasSaid, SaidLater, NotOfTheCase,
    AnswerDoesNotFit, NotFound (it corrects no account of the case), CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = seen_open(case, section="accounts", seen=seen)
    if not heard.words.strip():
        raise rules.NothingWasSaid
    rules.check_was_said(heard.said_at, now=now)
    _check_stated(heard.stated)
    if heard.person_id and not CasePerson.objects.filter(case=held, person_id=heard.person_id).exists():
        raise rules.NotOfTheCase
    _check_of_case(held, Account, heard.corrects_id)
    account = keep(held, heard=heard, by=by, now=now)
    _keep_answers(held, heard.stated, account=account)
    detail = {"speaker": str(heard.speaker), "account": str(account.id)}
    if heard.corrects_id:
        detail["corrects"] = str(heard.corrects_id)
    journal.write(kind="cases.account.written", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return account


def keep(case: Case, *, heard: Heard, by: Actor, now: datetime) -> Account:
    """The row of an account; whoever calls has checked what it says."""
    account = Account(
        id=ids.new(),
        case=case,
        **beside(case),
        speaker=heard.speaker,
        person_id=heard.person_id,
        through=heard.through,
        corrects_id=heard.corrects_id,
        words=vault.seal(case.key_id, heard.words, at=ACCOUNT),
        source=heard.source,
        said_at=heard.said_at,
        written_at=now,
        written_by=by.staff,
    )
    account.save(force_insert=True)
    return account


@transaction.atomic
def find(*, case: Case, found: Found, by: Actor, now: datetime, seen: int | None = None) -> Finding:
    """Write down an expert finding with its answers and what it examined. It stands beside every other statement.

    `seen`: `queries.said_stands` as it was shown. Raises NobodyFound, GivenLater, GivenBeforeAsked, NothingFound,
    AnswerDoesNotFit, NothingExamined, NotFound (of another case), CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = _held(case, seen)
    if not found.institution.strip() or not found.expert.strip():
        raise rules.NobodyFound
    rules.check_was_found(found.asked_at, found.given_at, now=now)
    if not found.stated:
        raise rules.NothingFound
    _check_stated(found.stated)
    _check_examined(held, found.examined)
    for named in (found.beside_id, found.corrects_id):
        _check_of_case(held, Finding, named)
    finding = _keep_finding(held, found, by=by, now=now)
    detail = {"finding": str(finding.id), "discipline": str(found.discipline)}
    journal.write(kind="cases.finding.written", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return finding


def _keep_finding(case: Case, found: Found, *, by: Actor, now: datetime) -> Finding:
    finding = Finding(
        id=ids.new(),
        case=case,
        **beside(case),
        discipline=found.discipline,
        institution=vault.seal(case.key_id, found.institution.strip(), at=INSTITUTION),
        expert=vault.seal(case.key_id, found.expert.strip(), at=EXPERT),
        number=found.number.strip(),
        asked_at=found.asked_at,
        given_at=found.given_at,
        beside_id=found.beside_id,
        corrects_id=found.corrects_id,
        written_at=now,
        written_by=by.staff,
    )
    finding.save(force_insert=True)
    _keep_answers(case, found.stated, finding=finding)
    Examined.objects.bulk_create(_looked(case, finding, one) for one in found.examined)
    return finding


def _looked(case: Case, finding: Finding, one: Looked) -> Examined:
    columns = {
        Object.PERSON: "person_id",
        Object.REPORT: "report_id",
        Object.ACCOUNT: "account_id",
        Object.FINDING: "earlier_id",
    }
    named = {columns[one.kind]: one.id} if one.kind in columns else {}
    words = vault.seal(case.key_id, one.words.strip(), at=EXAMINED)
    return Examined(id=ids.new(), finding=finding, **beside(case), kind=one.kind, words=words, **named)


def _held(case: Case, seen: int | None) -> Case:
    """The open case, held, in which what was said, found and marked stands as it was shown."""
    held = locked(case)
    check_seen(seen, stands=queries.said_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    rules.check_is_open(held.state, held.number)
    return held


def _check_stated(stated: Collection[Stated]) -> None:
    rules.check_answers([(one.topic, one.said or "") for one in stated])
    if any(not one.said and not one.words.strip() for one in stated):
        raise rules.AnswerDoesNotFit


def _check_examined(case: Case, examined: Collection[Looked]) -> None:
    """Raises NothingExamined; NotFound where something of another case is named."""
    if not examined or any(one.kind is Object.NAMED and not one.words.strip() for one in examined):
        raise rules.NothingExamined
    held = {
        Object.PERSON: set(CasePerson.objects.filter(case=case).values_list("person_id", flat=True)),
        Object.REPORT: set(queries.report_ids(case)),
        Object.ACCOUNT: set(Account.objects.filter(case=case).values_list("id", flat=True)),
        Object.FINDING: set(Finding.objects.filter(case=case).values_list("id", flat=True)),
    }
    if any(one.kind in held and one.id not in held[one.kind] for one in examined):
        raise NotFound


def _check_of_case(case: Case, model: type[Account] | type[Finding], named: UUID | None) -> None:
    """Raises NotFound."""
    if named and not model._default_manager.filter(pk=named, case=case).exists():
        raise NotFound


def _keep_answers(
    case: Case, stated: Collection[Stated], *, account: Account | None = None, finding: Finding | None = None
) -> None:
    Answer.objects.bulk_create(
        Answer(
            id=ids.new(),
            case=case,
            **beside(case),
            account=account,
            finding=finding,
            topic=one.topic,
            said=one.said or "",
            words=vault.seal(case.key_id, one.words.strip(), at=ANSWER),
        )
        for one in stated
    )


@transaction.atomic
def mark(
    *, case: Case, topic: Topic, one: Statement, other: Statement, by: Actor, now: datetime, seen: int | None = None
) -> Contradiction:
    """Write down that two statements of the case contradict each other on a topic; neither is touched by it.

    `seen`: `queries.said_stands` as it was shown. Raises ContradictsItself, MarkedAlready, NotFound, CaseClosed,
    ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = _held(case, seen)
    if one.id == other.id:
        raise rules.ContradictsItself
    for side in (one, other):
        if side.id is None:
            raise NotFound
        _check_of_case(held, Account, side.account_id)
        _check_of_case(held, Finding, side.finding_id)
    older, newer = sorted((one, other), key=lambda side: str(side.id))
    sides = {
        "one_account_id": older.account_id,
        "one_finding_id": older.finding_id,
        "other_account_id": newer.account_id,
        "other_finding_id": newer.finding_id,
    }
    if Contradiction.objects.filter(case=held, topic=topic, withdrawn_at__isnull=True, **sides).exists():
        raise rules.MarkedAlready
    made = Contradiction(
        id=ids.new(), case=held, **beside(held), topic=topic, **sides, marked_at=now, marked_by=by.staff
    )
    made.save(force_insert=True)
    detail = {"contradiction": str(made.id), "topic": str(topic)}
    journal.write(kind="cases.contradiction.marked", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return made


@transaction.atomic
def unmark(
    *, case: Case, contradiction_id: UUID, why: str, by: Actor, now: datetime, seen: int | None = None
) -> Contradiction:
    """Withdraw the mark, with a reason; it stays as history. Raises NotFound, WithdrawnAlready, NoReason, CaseClosed.

    `seen`: the version of the mark. Raises ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = locked(case)
    rules.check_is_open(held.state, held.number)
    found = Contradiction.objects.select_for_update().filter(pk=contradiction_id, case=held).first()
    if found is None:
        raise NotFound
    check_seen(seen, stands=found.version, thing="case", thing_id=held.id, kinds=("cases.contradiction.",))
    if found.withdrawn_at is not None:
        raise rules.WithdrawnAlready
    why = reason(why)
    found.withdrawn_at, found.withdrawn_by = now, by.staff
    found.withdrawn_why = vault.seal(held.key_id, why, at=WITHDRAWN)
    found.version += 1
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "version"])
    detail = {"contradiction": str(found.id), "topic": found.topic}
    journal.write(kind="cases.contradiction.withdrawn", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return found
