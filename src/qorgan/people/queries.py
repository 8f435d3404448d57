"""Reading persons: sealed fields become values only here, and only for the asker at hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies.models import Block, Opening
from qorgan.agencies.terms import BlockGround, OpeningReason
from qorgan.base import words
from qorgan.base.keys import blind, vault
from qorgan.duties.queries import Label
from qorgan.people.engine import ranking, spelling, tokens
from qorgan.people.engine.habits import habits
from qorgan.people.engine.ranking import Fact, Rank, Why
from qorgan.people.engine.spelling import Reading, Word
from qorgan.people.engine.tokens import Born
from qorgan.people.models import NameMark, Naming, Person, Proposal, Sameness, Sought

FIELDS = ("written", "surname", "given", "patronymic", "birth_date", "iin", "phone")
OPENED = 120  # candidates that are opened and ranked for one question
SHOWN = 10  # of them


@dataclass(frozen=True)
class PersonView:
    """A person opened for reading. Empty strings mean that nothing was said; of one who was shredded little is left."""

    id: UUID
    written: str
    surname: str
    given: str
    patronymic: str
    birth_date: date | None
    iin: str
    phone: str
    sex: str
    birth_year: int | None
    iin_faults: tuple[str, ...]
    is_destroyed: bool = False

    @property
    def name(self) -> str:
        """The name as it was written, as a line of a page says it; one without it is known by what is left of her."""
        parts = (self.surname, self.given, self.patronymic)
        return words.in_line(self.written or " ".join(part for part in parts if part))

    def age_on(self, day: date) -> int | None:
        """Full years on a day, where the birth date is known."""
        born = self.birth_date
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def opened(persons: Iterable[Person]) -> dict[UUID, PersonView]:
    """Open many persons with one question to the key store."""
    held = list(persons)
    vault.unlock(*(getattr(person, field) for person in held for field in FIELDS))
    return {person.id: _view(person) for person in held}


def _view(person: Person) -> PersonView:
    destroyed = False
    try:
        text = {field: vault.open(getattr(person, field), at=f"people.person.{field}") for field in FIELDS}
    except vault.Shredded:
        destroyed = True
        text = dict.fromkeys(FIELDS, "") | {"written": _("(destroyed)")}
    born = text.pop("birth_date")
    return PersonView(
        id=person.id,
        birth_date=date.fromisoformat(born) if born else None,
        sex=person.sex,
        birth_year=person.birth_year,
        iin_faults=tuple(person.iin_faults),
        is_destroyed=destroyed,
        **text,
    )


def by_ids(ids: Iterable[UUID], *, known: Iterable[PersonView] = ()) -> dict[UUID, PersonView]:
    """The persons `ids` that lie in sight, opened; those that the page has opened already are not read again."""
    wanted = set(ids)
    found = {view.id: view for view in known if view.id in wanted}
    missing = wanted - set(found)
    return found | opened(Person.objects.filter(pk__in=missing)) if missing else found


def of_thread(thread_id: UUID) -> list[PersonView]:
    """The persons in sight of a thread, opened, in the order they were written down."""
    held = list(Person.objects.filter(thread_id=thread_id).order_by("made_at", "id"))
    views = opened(held)
    return [views[person.id] for person in held]


def threads_of(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The threads of the persons `ids` that lie in sight."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("id", "thread_id"))


def after(person_id: UUID, *, limit: int) -> list[Person]:
    """The next persons in sight after one, in the order of their ids, unopened: for work on all of them in batches."""
    return list(Person.objects.filter(pk__gt=person_id).order_by("id")[:limit])


def with_iin(iin: str) -> QuerySet[Person]:
    """The persons in sight who were named with exactly this number; nobody for what is no such number."""
    return by_index("iin", found) if (found := blind.iin(iin)) else Person.objects.none()


def with_phone(phone: str) -> QuerySet[Person]:
    """The persons in sight who were named with exactly this telephone, however it was written."""
    return by_index("phone", found) if (found := blind.phone(phone)) else Person.objects.none()


def by_index(number: str, index: bytes) -> QuerySet[Person]:
    """The persons in sight with an exact number, by its keyed digest: `iin` or `phone`."""
    return Person.objects.filter(**{f"{number}_index": index}).order_by("id")


def without_index() -> QuerySet[Person]:
    """The persons in sight who have less than they are found by: a number without index, whole or not, or no marks."""
    numbers = Q(iin_index__isnull=True) & ~Q(iin=b"") | Q(phone_index__isnull=True) & ~Q(phone=b"")
    return Person.objects.filter(numbers | Q(names_scheme__lt=tokens.SCHEME))


@dataclass(frozen=True)
class Match:
    """Someone in sight who may be meant: `rank` from 1, `confident` that she is, and why she is shown."""

    view: PersonView
    rank: int
    confident: bool
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Answer:
    """Who in sight may be meant, the likeliest first; and the one fact to ask for where namesakes are alike."""

    matches: tuple[Match, ...] = ()
    asks: Fact | None = None


def known(
    text: str, *, born: Born | None = None, iin: str = "", phone: str = "", but: UUID | None = None, shown: int = SHOWN
) -> Answer:
    """Who in the asker's sight may be meant by a name, as it was typed, and whatever else is known; not `but`.

    Names are opened in memory, of at most some hundred candidates. Whoever asks writes down that she did.
    """
    asked = spelling.readings(text, habits())
    ranker, same = ranking.Ranker(asked, born), set(_with_numbers(iin, phone))
    found: dict[UUID, tuple[ranking.Known, Rank]] = {}
    for wide in (False, True):
        ids = (same | set(_candidates(asked, born, wide=wide))) - found.keys() - {but}
        found |= {one: (who, ranker.rank(who)) for one, who in _opened_names(ids, same).items()}
        if _enough(found, asked):
            break
    order = sorted(found, key=lambda one: (-found[one][1].value, one))
    told = ranking.judged([found[one] for one in order], asked=asked, born=born)
    best = [one for one in order if one in same or found[one][1].value >= ranking.LEAST][:shown]
    views = by_ids(best)
    matches = [
        Match(views[one], place, one in {order[sure] for sure in told.confident}, found[one][1].why)
        for place, one in enumerate(best, start=1)
    ]
    return Answer(tuple(matches), told.asks)


def like(view: PersonView) -> Answer:
    """Who else in sight may be the same person as one who was opened."""
    return known(view.name, born=tokens.born_on(view.birth_date), iin=view.iin, phone=view.phone, but=view.id)


def _enough(found: Mapping[UUID, tuple[ranking.Known, Rank]], asked: Sequence[Reading]) -> bool:
    """Whether a wider search would tell nothing: someone is sure, or a whole name is met."""
    whole = any(len(reading.words) >= len(("surname", "given", "patronymic")) for reading in asked)
    return any(rank.confident or (whole and rank.value >= ranking.SPELT) for _known, rank in found.values())


def _with_numbers(iin: str, phone: str) -> list[UUID]:
    found = [with_iin(iin)] if iin else []
    found += [with_phone(phone)] if phone else []
    return [person_id for each in found for person_id in each.values_list("id", flat=True)[:OPENED]]


def _candidates(asked: Sequence[Reading], born: Born | None, *, wide: bool) -> list[UUID]:
    """The persons in sight who have most of what is asked for."""
    weights: dict[int, int] = {}
    for reading in asked:
        plain = tokens.sought(reading, born, wide=wide)
        weights |= {blind.name(token): weight for token, weight in plain.items()}
    if not weights:
        return []
    by_weight: dict[int, list[int]] = defaultdict(list)
    for mark, weight in weights.items():
        by_weight[weight].append(mark)
    worth = Case(
        *(When(token__in=some, then=Value(weight)) for weight, some in by_weight.items()), output_field=IntegerField()
    )
    held = NameMark.objects.filter(token__in=list(weights)).values("person_id").annotate(worth=Sum(worth))
    return [row["person_id"] for row in held.order_by("-worth", "person_id")[:OPENED]]


def _opened_names(ids: Iterable[UUID], same: set[UUID]) -> dict[UUID, ranking.Known]:
    """Candidates with their names opened."""
    met: dict[str, Word] = {}
    return {
        one: ranking.Known(
            tokens.name_of(
                written=view.written,
                surname=view.surname,
                given=view.given,
                patronymic=view.patronymic,
                habits=habits(),
                met=met,
            ),
            tokens.born_on(view.birth_date),
            one in same,
            view.iin,
        )
        for one, view in by_ids(ids).items()
    }


def named_later(ids: Iterable[UUID]) -> dict[UUID, Naming]:
    """Who of the persons in sight was given a name in her place, and when, by whom."""
    return {row.person_id: row for row in Naming.objects.filter(person__in=set(ids), undone_at=None)}


@dataclass(frozen=True)
class Said:
    """That someone held a person and another for one."""

    said_id: UUID
    other: PersonView
    why: str
    said_at: datetime
    said_by: UUID


def same_as(person_id: UUID) -> list[Said]:
    """Who in sight is held to be the same person as this one, directly: by whom, when and why."""
    held = list(Sameness.objects.filter(person_id=person_id, undone_at=None).order_by("said_at", "id"))
    views = by_ids(row.other_id for row in held)
    return [
        Said(row.said_id, views[row.other_id], vault.read(row.why, at="people.sameness.why"), row.said_at, row.said_by)
        for row in held
        if row.other_id in views
    ]


def one_person(person_id: UUID) -> set[UUID]:
    """The ids of all records' persons in sight who are held to be this one, herself among them, over any links."""
    found, new = {person_id}, {person_id}
    while new:
        links = Sameness.objects.filter(person_id__in=new, undone_at=None, other__in=Person.objects.values("id"))
        new = set(links.values_list("other_id", flat=True)) - found
        found |= new
    return found


def certainly(person_id: UUID) -> set[UUID]:
    """The ids of all records' persons in sight who are this one beyond likeness: said by someone, or by the IIN."""
    held = one_person(person_id)
    numbers = Person.objects.filter(pk__in=held, iin_index__isnull=False).values("iin_index")
    by_number = set(Person.objects.filter(iin_index__in=numbers).values_list("id", flat=True))
    return held.union(*(one_person(each) for each in by_number - held))


# From each person over links in sight, said or by the IIN, to all who are held for the same one.
_HELD_FOR = """
    with recursive held (root, id) as (
        select p.id, p.id from people_person p where p.id = any(%s)
        union select h.root, o.id from held h join people_person p on p.id = h.id
          cross join lateral (
              select s.other_id as id from people_sameness s where s.person_id = p.id and s.undone_at is null
              union all select n.id from people_person n where n.iin_index = p.iin_index) l
          join people_person o on o.id = l.id)
    select root, id from held
"""


def held_for(ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Of each of many persons, all in sight who are that one beyond likeness: `certainly` with one question."""
    found: dict[UUID, set[UUID]] = {one: {one} for one in ids}
    with connection.cursor() as cursor:
        cursor.execute(_HELD_FOR, [list(found)])
        for root, person_id in cursor.fetchall():
            found[root].add(person_id)
    return found


# Whether the other of a pair is reached from the one over links in sight: all of them are held for one person.
_OF_ONE_GROUP = """
    people_proposal.other_id in (
        with recursive held (id) as (
            select people_proposal.person_id
            union select s.other_id from people_sameness s join held on s.person_id = held.id
             where s.undone_at is null and s.other_id in (select p.id from people_person p))
        select id from held)
"""


def proposals(*, refused: bool = False) -> QuerySet[Proposal]:
    """Pairs that the nightly batch proposes, of whom both lie in sight and nobody has said anything; the newest first.

    Nobody is asked of two who are held for one person over others: what was said of those says it of these.
    `refused`: those of which someone has said that they are not one person, the last said first.
    """
    of_one_group = RawSQL(_OF_ONE_GROUP, (), output_field=BooleanField())
    seen = Proposal.objects.filter(leads=True, other__in=Person.objects.values("id"))
    seen = seen.alias(of_one_group=of_one_group).filter(of_one_group=False)
    by = "refused_at" if refused else "proposed_at"
    return seen.filter(refused_at__isnull=not refused).order_by(f"-{by}", "-id")


@dataclass(frozen=True)
class Proposed:
    """A proposed pair, opened; `why` they are alike."""

    row: Proposal
    one: PersonView
    other: PersonView
    why: tuple[Why, ...]


def proposed(rows: Iterable[Proposal]) -> list[Proposed]:
    """The pairs of which both are still there and lie in sight, opened with one question to the key store."""
    held = list(rows)
    views = {one: view for one, view in by_ids({id for row in held for id in (row.person_id, row.other_id)}).items()}
    there = {one for one, view in views.items() if not view.is_destroyed}
    return [
        Proposed(row, views[row.person_id], views[row.other_id], tuple(Why(why) for why in row.why))
        for row in held
        if {row.person_id, row.other_id} <= there
    ]


def proposal(pair_id: UUID) -> Proposed | None:
    """One pair of which both lie in sight, whatever was said of it; None where there is no such."""
    return next(iter(proposed(Proposal.objects.filter(pair_id=pair_id, leads=True))), None)


def groups() -> dict[UUID, UUID]:
    """Of each person in sight who is held to be the same as another one: by whom the whole group is named."""
    named: dict[UUID, UUID] = {}

    def of(person: UUID) -> UUID:
        while named.setdefault(person, person) != person:
            person = named[person] = named[named[person]]
        return person

    for one, other in Sameness.objects.filter(undone_at=None).values_list("person_id", "other_id").iterator():
        named[of(one)] = of(other)
    return {person: of(person) for person in list(named)}


def spoken_of() -> set[frozenset[UUID]]:
    """The pairs in sight that nobody is to be asked about again: proposed before, or held for one, or parted."""
    told = (model.objects.values_list("person_id", "other_id").iterator() for model in (Proposal, Sameness))
    return {frozenset(pair) for rows in told for pair in rows}


def blocks_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties to weigh a block: on what ground. Who it is stands on its page alone."""
    held = Block.objects.filter(pk__in=set(ids))
    return {one.id: Label("", str(BlockGround(one.ground).label), "", None) for one in held}


def openings_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about a record that was opened without an ordinary right: for what reason."""
    held = Opening.objects.filter(pk__in=set(ids))
    return {one.id: Label("", str(OpeningReason(one.reason).label), "", None) for one in held}


def sought(sought_id: UUID) -> Sought | None:
    """That someone sought a person of a record in sight."""
    return Sought.objects.filter(pk=sought_id).select_related("staff", "agency").first()


def sought_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about such searches: which office sought."""
    held = Sought.objects.filter(pk__in=set(ids)).select_related("agency")
    return {one.id: Label("", one.agency.name(get_language() or ""), "", None) for one in held}
