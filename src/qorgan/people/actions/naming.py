"""A person who came without a name is named where she stands; what was said of her at first is kept, and comes back."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.people import queries, rules
from qorgan.people.actions.persons import Named, keep_marks, marks, sealed
from qorgan.people.models import NameMark, Naming, Person
from qorgan.people.terms import Sex

_WRITTEN = (*queries.FIELDS, "sex", "iin_index", "phone_index", "birth_year", "iin_faults")


@transaction.atomic
def name(*, person: Person, named: Named, by: Actor, now: datetime, seen: int | None = None) -> Naming:
    """Give a person without a name the one that is known by now: the same row, so that all that hangs on it is hers.

    What was said of her before stays where nothing else is said now. No permission of its own: the case has asked for
    it. Raises NotFound, NoName, NamedAlready, ChangedMeanwhile (`seen`: the version that was shown).
    """
    plain = rules.check_name(named.written)
    held, first = _held(person, seen)
    rules.check_nameless(queries.opened([held])[held.id].name)
    told = replace(
        named,
        written=plain,
        iin=named.iin or first.iin,
        phone=named.phone or first.phone,
        birth_date=named.birth_date or first.birth_date,
        sex=first.sex if named.sex is Sex.UNKNOWN else named.sex,
    )
    _write(held, told, now=now)
    naming = Naming(
        person=held,
        **beside(held),
        first=vault.seal(held.key_id, _text(first), at="people.naming.first"),
        taken_back=vault.seal(held.key_id, "", at="people.naming.taken_back"),
        undone_why=vault.seal(held.key_id, "", at="people.naming.undone_why"),
        named_at=now,
        named_by=by.staff,
    )
    naming.save(force_insert=True)
    _note("named", held, by=by, now=now)
    return naming


@transaction.atomic
def unname(*, person: Person, why: str, by: Actor, now: datetime, seen: int | None = None) -> Naming:
    """Take back the name that a person was given in her place: she is again as she was at first; the name is kept.

    No permission of its own: the case has asked for it. Raises NotFound, NoReason, NotNamedHere, ChangedMeanwhile.
    """
    plain = rules.check_reason(why)
    held, told = _held(person, seen)
    naming = Naming.objects.select_for_update(of=("self",)).filter(person=held, undone_at=None).first()
    if naming is None:
        raise rules.NotNamedHere
    _write(held, _named(vault.open(naming.first, at="people.naming.first")), now=now)
    naming.undone_at, naming.undone_by = now, by.staff
    naming.taken_back = vault.seal(held.key_id, _text(told), at="people.naming.taken_back")
    naming.undone_why = vault.seal(held.key_id, plain, at="people.naming.undone_why")
    naming.save(update_fields=["undone_at", "undone_by", "taken_back", "undone_why"])
    _note("unnamed", held, by=by, now=now)
    return naming


def _held(person: Person, seen: int | None) -> tuple[Person, Named]:
    """The person as she stands, held; and what is said of her. Raises NotFound, ChangedMeanwhile."""
    held = Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="person", thing_id=held.id, kinds=("people.person.",))
    view = queries.opened([held])[held.id]
    names = (view.written, view.surname, view.given, view.patronymic)
    return held, Named(*names, view.iin, view.phone, view.birth_date, Sex(view.sex))


def _write(held: Person, told: Named, *, now: datetime) -> None:
    """Write what is said of her into her own row, under her own key, with what she is found by."""
    made = sealed(told, territory_id=held.territory_id, thread_id=held.thread_id, now=now, key_id=held.key_id)
    for field in _WRITTEN:
        setattr(held, field, getattr(made, field))
    held.version += 1
    found = marks(person=held, named=told, on=now.date())
    held.save(update_fields=[*_WRITTEN, "names_scheme", "version"])
    NameMark.objects.filter(thread_id=held.thread_id, person=held.id).delete()
    keep_marks(made=[found])


def _note(act: str, held: Person, *, by: Actor, now: datetime) -> None:
    detail = {"version": held.version}
    journal.write(kind=f"people.person.{act}", thing="person", thing_id=held.id, by=by, now=now, detail=detail)


def _text(named: Named) -> str:
    said = asdict(named) | {"birth_date": named.birth_date.isoformat() if named.birth_date else ""}
    return json.dumps({key: text for key, text in said.items() if text}, ensure_ascii=False)


def _named(text: str) -> Named:
    said = json.loads(text)
    born = said.pop("birth_date", "")
    return Named(**said | {"birth_date": date.fromisoformat(born) if born else None, "sex": Sex(said["sex"])})
