"""A statement in words, as a page and a paper show it: who, when, through whom; every side in the same shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from qorgan.cases.queries import AccountView, AnswerView, ExaminedView, FindingView, Statements
from qorgan.cases.terms import Object, Topic
from qorgan.people.queries import PersonView


@dataclass(frozen=True)
class Side:
    """One statement. `lines` are its source, as pairs of label and value; `answers` what it says, topic by topic."""

    id: UUID
    key: str
    who: str
    at: datetime
    lines: tuple[tuple[str, str], ...]
    words: str
    answers: tuple[tuple[str, str], ...]
    corrected: bool
    corrects: bool
    is_finding: bool

    @property
    def name(self) -> str:
        """How a list to choose from names it, beside its moment."""
        return self.who


def sides(found: Statements, *, people: Mapping[UUID, PersonView], named: bool) -> dict[UUID, Side]:
    """All statements in words. `named`: whether the people of the case are open to the reader."""
    names = {key: person.name for key, person in people.items()} if named else {}
    made: dict[UUID, Side] = {}
    for one in found.sides.values():
        made[one.id] = _account(one, names) if isinstance(one, AccountView) else _finding(one, found, names)
    return made


def answer(side: AccountView | FindingView, topic: Topic) -> str:
    """What a statement says of a topic, in words; empty where it was not asked of it."""
    return "; ".join(_said(one) for one in side.stated if one.topic is topic)


def _said(one: AnswerView) -> str:
    return ": ".join(text for text in (str(one.said.label) if one.said else "", one.words) if text)


def _answers(side: AccountView | FindingView) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.topic.label), _said(one)) for one in side.stated)


def _account(one: AccountView, names: Mapping[UUID, str]) -> Side:
    name = names.get(one.person_id, "") if one.person_id else ""
    who = ": ".join(text for text in (str(one.speaker.label), name) if text)
    return Side(
        id=one.id,
        key=one.key,
        who=_capital(who),
        at=one.said_at,
        lines=((_("Through whom"), str(one.through.label)), (_("Source"), one.source)),
        words=one.words,
        answers=_answers(one),
        corrected=one.corrected,
        corrects=one.corrects_id is not None,
        is_finding=False,
    )


def _finding(one: FindingView, found: Statements, names: Mapping[UUID, str]) -> Side:
    looked = "; ".join(_examined(each, found, names) for each in one.examined)
    lines = (
        (_("Given by"), f"{one.institution}, {one.expert}"),
        (_("Number of the paper"), one.number),
        (_("Examined"), looked),
        (_("Asked for"), _("beside an earlier finding") if one.beside_id else ""),
    )
    return Side(
        id=one.id,
        key=one.key,
        who=_capital(str(one.discipline.label)),
        at=one.given_at,
        lines=tuple(line for line in lines if line[1]),
        words="",
        answers=_answers(one),
        corrected=one.corrected,
        corrects=one.corrects_id is not None,
        is_finding=True,
    )


def _examined(one: ExaminedView, found: Statements, names: Mapping[UUID, str]) -> str:
    if one.kind is Object.NAMED:
        return one.words
    if one.kind is Object.REPORT:
        return f"{one.kind.label} {one.number}"
    if one.kind is Object.PERSON:
        return names.get(one.id, str(one.kind.label)) if one.id else str(one.kind.label)
    sources = {view.id: view.source for view in found.accounts} | {view.id: view.number for view in found.findings}
    source = sources.get(one.id, "") if one.id else ""
    return f"{one.kind.label} ({source})" if source else str(one.kind.label)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
