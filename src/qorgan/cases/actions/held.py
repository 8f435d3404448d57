"""The case, held until the transaction ends."""

from qorgan.base.errors import NotFound
from qorgan.cases import rules
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
