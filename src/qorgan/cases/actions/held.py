"""The case, held until the transaction ends."""

from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.cases import queries, rules
from qorgan.cases.models import Case


def held_open(case: Case) -> Case:
    """The case as it stands now, held until the transaction ends: nobody closes it meanwhile.

    Raises NotFound where it is out of sight, CaseClosed where it was closed since `case` was read.
    """
    held = locked(case)
    rules.check_is_open(held.state, held.number)
    return held


def locked(case: Case) -> Case:
    """The case as it stands now, held. Raises NotFound where it is out of sight."""
    held = Case.objects.select_for_update(no_key=True).filter(pk=case.pk).first()
    if held is None:
        raise NotFound
    return held


def seen_open(case: Case, *, section: str, seen: int | None) -> Case:
    """The open case, held, in which a section stands as it was shown. Raises ChangedMeanwhile, CaseClosed.

    `seen`: `queries.stands` of the section as it was shown.
    """
    held = locked(case)
    kinds = {"people": ("cases.person.", "cases.case."), "accounts": ("cases.account.", "cases.case.")}
    stands = getattr(queries.stands(held), section) if seen is not None else 0
    check_seen(seen, stands=stands, thing="case", thing_id=held.id, kinds=kinds.get(section, ("cases.",)))
    rules.check_is_open(held.state, held.number)
    return held
