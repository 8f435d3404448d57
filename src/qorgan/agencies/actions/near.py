"""What staff declare of themselves and of those near them, and what follows where a party is recognised by it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qorgan.agencies import access, queries, rules
from qorgan.agencies.actions import threads
from qorgan.agencies.engine import likeness
from qorgan.agencies.engine.likeness import NameKey, TraitKind
from qorgan.agencies.engine.odd import Found as FoundOdd
from qorgan.agencies.models import Block, Declaration, Odd, Staff, Trait
from qorgan.agencies.queries import Suspicion
from qorgan.agencies.terms import BlockGround, Relation
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor

_AT = "agencies.declaration"


@transaction.atomic
def declare(
    *, staff: Staff, relation: Relation, name: str, iin: str, phone: str, by: Actor, now: datetime
) -> Declaration:
    """Keep who someone near a person of staff is, or that person's own numbers: their files stay shut to him.

    A person declares for himself; whoever keeps staff declares for anyone. Records of before are compared in the night
    that follows. Raises NotAllowed, NothingDeclared, NoSuchNumber.
    """
    if by.staff_id != staff.id:
        access.check_may(by, access.KEEP)
        rules.check_reach(queries.territories_of(staff, now=now), by=by)
    rules.check_declared(name=name, iin=iin, phone=phone)
    key_id = vault.new_key()
    said = {"name": " ".join(name.split()), "iin": iin.strip(), "phone": phone.strip()}
    made = Declaration(
        id=ids.new(),
        staff=staff,
        relation=relation,
        key_id=key_id,
        declared_at=now,
        declared_by=by.staff,
        **{field: vault.seal(key_id, text, at=f"{_AT}.{field}") for field, text in said.items()},
    )
    made.save(force_insert=True)
    Trait.objects.bulk_create(_traits(made, name=name, iin=iin, phone=phone, now=now))
    detail = {"relation": relation.value}
    journal.write(kind="agencies.declaration.made", thing="staff", thing_id=staff.id, by=by, now=now, detail=detail)
    return made


@transaction.atomic
def end_declaration(*, declaration_id: UUID, by: Actor, now: datetime) -> None:
    """Take a declaration back: no new file is shut by it. Blocks that it made stand until they are lifted.

    Raises NotFound also for one of somebody else, unless `by` keeps staff and that person is within reach. No
    permission of its own: it is one's own.
    """
    whose = Q(staff=by.staff_id)
    if by.can(access.KEEP):
        whose |= Q(staff__in=queries.staff_in_reach(by=by).order_by().values("pk"))
    held = Declaration.objects.select_for_update().filter(whose, pk=declaration_id, ended_at=None).first()
    if held is None:
        raise NotFound
    held.ended_at, held.ended_by = now, by.staff
    held.save(update_fields=["ended_at", "ended_by"])
    Trait.objects.filter(declaration=held).delete()
    detail = {"relation": held.relation}
    journal.write(
        kind="agencies.declaration.ended", thing="staff", thing_id=held.staff_id, by=by, now=now, detail=detail
    )


@transaction.atomic
def know_by_name(*, staff: Iterable[Staff], by: Actor, now: datetime) -> int:
    """Keep the keys of the names that the staff list has, in each of its languages; how many were new.

    No permission of its own: whoever brings staff in has asked for it.
    """
    people = list(staff)
    known = {
        (held.staff_id, bytes(held.token), bytes(held.patronymic))
        for held in Trait.objects.filter(staff__in=people, declaration=None, kind=TraitKind.NAME)
    }
    made = {}
    for person in people:
        for key in likeness.own_names(person.names.values()):
            trait = _name(person, Relation.SELF, key, now=now)
            if (person.id, trait.token, trait.patronymic) not in known:
                made[person.id, trait.token, trait.patronymic] = trait
    Trait.objects.bulk_create(made.values())
    if made:
        journal.write(kind="agencies.trait.kept", thing="trait", by=by, now=now, detail={"count": len(made)})
    return len(made)


@transaction.atomic
def know_anew(*, by: Actor, now: datetime) -> int:
    """Make every key by which staff are recognised anew, where that of indexes was lost or may have leaked; how many.

    The night compares all parties with them again: between the loss and now nobody was recognised. What was lifted is
    not raised again. A declaration whose key was destroyed has none. No permission of its own: what was declared stays
    as it is, and nobody is shown anything.
    """
    people = list(queries.staff_known_by_name())
    Trait.objects.all().delete()
    count = know_by_name(staff=people, by=by, now=now)
    for held, said in queries.all_declared():
        made = _traits(held, name=said.name, iin=said.iin, phone=said.phone, now=now)
        count += len(Trait.objects.bulk_create(made))
    journal.write(kind="agencies.trait.made_anew", thing="trait", by=by, now=now, detail={"count": count})
    return count


def _traits(held: Declaration, *, name: str, iin: str, phone: str, now: datetime) -> list[Trait]:
    """The keys of what was declared: of each whole number, and of the name."""
    staff, relation = held.staff, Relation(held.relation)
    numbers = [(TraitKind.IIN, blind.iin(iin)), (TraitKind.PHONE, blind.phone(phone))]
    made = [_trait(staff, relation, kind, token, now=now, declaration=held) for kind, token in numbers if token]
    known = likeness.own_name(name)
    return [*made, _name(staff, relation, known, now=now, declaration=held)] if known else made


def _trait(
    staff: Staff,
    relation: Relation,
    kind: TraitKind,
    token: bytes,
    *,
    now: datetime,
    declaration: Declaration | None = None,
    patronymic: bytes = b"",
) -> Trait:
    return Trait(
        staff=staff,
        declaration=declaration,
        relation=relation,
        kind=kind,
        token=token,
        patronymic=patronymic,
        made_at=now,
    )


def _name(
    staff: Staff, relation: Relation, key: NameKey, *, now: datetime, declaration: Declaration | None = None
) -> Trait:
    pair, patronymic = queries.name_tokens(key)
    return _trait(staff, relation, TraitKind.NAME, pair, now=now, declaration=declaration, patronymic=patronymic)


@transaction.atomic
def suspect(
    *, suspicions: Iterable[Suspicion], thread_id: UUID, territory_id: int, by: Actor, now: datetime
) -> list[Block]:
    """Shut a thread to everyone whom a party may be or be near to, at once; the blocks that are new.

    Where a party certainly serves, his unit and the heads above it are shut out with him. The last write of its act:
    `by` may be one of them. No permission of its own: the act that names the party has asked for it.
    """
    made = []
    for one in suspicions:
        block, is_new = threads.block(
            staff_id=one.staff_id,
            thread_id=thread_id,
            territory_id=territory_id,
            ground=one.ground,
            evidence=one.evidence,
            by=by,
            now=now,
        )
        made += [block] if is_new else []
        if one.ground is BlockGround.SELF and one.is_certain:
            shut_unit(staff_id=one.staff_id, thread_id=thread_id, territory_id=territory_id, by=by, now=now)
    return made


@transaction.atomic
def shut_unit(*, staff_id: UUID, thread_id: UUID, territory_id: int, by: Actor, now: datetime) -> int:
    """Shut a thread to those who serve with a person, and to the heads above; to how many.

    No permission of its own: it follows a certain match, or the review that confirmed one.
    """
    found = [
        threads.block(
            staff_id=other,
            thread_id=thread_id,
            territory_id=territory_id,
            ground=BlockGround.SAME_UNIT,
            by=by,
            now=now,
        )
        for other in queries.same_unit(staff_id, now=now)
    ]
    return sum(is_new for _block, is_new in found)


@transaction.atomic
def note_matched(*, until: datetime, by: Actor, now: datetime) -> int:
    """Note that every person of the records was compared with what had been declared by a moment; how many traits.

    No permission of its own: the job of the night that compared them asks for it.
    """
    count = Trait.objects.filter(made_at__lte=until).update(matched_at=until)
    journal.write(kind="agencies.trait.matched", thing="trait", by=by, now=now, detail={"count": count})
    return count


@transaction.atomic
def list_odd(*, found: Iterable[FoundOdd], by: Actor, now: datetime) -> int:
    """Keep what of a day's looks is to be judged; how many lines are new. Again changes nothing.

    No permission of its own: the job of the night asks for it.
    """
    lines = list(found)
    places = queries.places_of(line.staff_id for line in lines)
    made = Odd.objects.bulk_create(
        [
            Odd(
                id=ids.new(),
                staff_id=line.staff_id,
                territory_id=places[line.staff_id],
                reason=line.reason,
                thread_id=line.thread_id,
                day=line.day,
                count=line.count,
                usual=line.usual,
                found_at=now,
            )
            for line in lines
            if line.staff_id in places
        ],
        ignore_conflicts=True,
    )
    journal.write(kind="agencies.odd.listed", thing="odd", by=by, now=now, detail={"count": len(made)})
    return len(made)


@transaction.atomic
def judge(*, odd_id: UUID, why: str, by: Actor, now: datetime) -> Odd:
    """Write down what a listed look was, in words. Raises NotAllowed, NotFound (for whom it is about too), NoReason."""
    access.check_may(by, access.JUDGE_LOOK)
    held = Odd.objects.select_for_update().filter(pk=odd_id, territory__in=by.territories).first()
    if held is None or held.staff_id == by.staff_id:
        raise NotFound
    if held.judged_at is not None:
        raise rules.BlockDecided
    held.judged_at, held.judged_by, held.judged_why = now, by.staff, rules.reason(why)
    held.save(update_fields=["judged_at", "judged_by", "judged_why"])
    detail = {"staff": str(held.staff_id), "reason": held.reason}
    journal.write(kind="agencies.odd.judged", thing="odd", thing_id=held.id, by=by, now=now, detail=detail)
    return held
