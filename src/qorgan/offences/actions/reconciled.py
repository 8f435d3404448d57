"""May the parties of an offence be reconciled? By the limits of the law: once, not soon again, not against a child."""

from datetime import datetime

from qorgan.law import queries as law
from qorgan.law.engine import measures
from qorgan.law.engine.marks import Proceeding
from qorgan.law.engine.verdicts import Reason
from qorgan.offences import queries, rules
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Ground, Part, Register, State
from qorgan.places import queries as places

LIMIT, PAUSE, MINOR = (
    "reconciliation.administrative_limit",
    "reconciliation.criminal_pause",
    "reconciliation.excluded_violence_against_minor",
)
_REFUSED: dict[Reason, tuple[type[rules.CannotReconcile], str]] = {
    Reason.RECONCILED_BEFORE: (rules.ReconciledBefore, LIMIT),
    Reason.RECONCILED_WITHIN_YEAR: (rules.ReconciledSoon, PAUSE),
    Reason.VIOLENCE_AGAINST_MINOR: (rules.ViolenceAgainstMinor, MINOR),
}


def check_reconciliation(found: Offence, *, now: datetime) -> None:
    """Raises ReconciledBefore, ReconciledSoon, ViolenceAgainstMinor, each with its provision.

    An administrative case is judged by the law of the day of the reconciliation, a crime by that of the act. Where no
    limit is on record nothing stands against it but the person who decides. Only offences in the family have limits.
    """
    (view,) = queries.opened([found])
    administrative = found.register == Register.ADMINISTRATIVE
    if administrative and view.is_domestic is False:
        return
    today = now.astimezone(places.zone(found.territory_id)).date()
    earlier = _earlier(found)
    children = any(rules.is_minor(one.age) for one in view.victims)
    on = today if administrative else queries.law_day(found)
    last = max((one for one in earlier if one), default=None)
    facts = measures.Reconciliation(
        on=on,
        proceeding=Proceeding.ADMINISTRATIVE if administrative else Proceeding.CRIMINAL,
        earlier=len(earlier),
        last_on=last.astimezone(places.zone(found.territory_id)).date() if last else None,
        violence_against_minor=children and view.article is not None and "violent" in view.article.traits,
    )
    for reason in measures.reconcile(law.book(), facts).reasons:
        if reason in _REFUSED:  # a limit that is not on record refuses nothing
            refusal, key = _REFUSED[reason]
            raise refusal(provision=law.cited(key, on=on))


def _earlier(found: Offence) -> list[datetime | None]:
    """When the same suspect was reconciled with the same victim before, in the same kind of proceeding.

    Who is who is known by the rows of persons; where an offence names none, its case stands for them.
    """
    before = Offence.objects.filter(register=found.register, state=State.TERMINATED, ground=Ground.RECONCILED)
    before = before.exclude(pk=found.pk)
    named = OffencePerson.objects.filter(offence=found, person__isnull=False, withdrawn_at__isnull=True)
    parts = {part: [one.person_id for one in named if one.part == part] for part in (Part.SUSPECT, Part.VICTIM)}
    if parts[Part.SUSPECT] and parts[Part.VICTIM]:
        for part, persons in parts.items():
            theirs = OffencePerson.objects.filter(part=part, person__in=persons, withdrawn_at__isnull=True)
            before = before.filter(pk__in=theirs.values("offence_id"))
    elif found.case_id:
        before = before.filter(case=found.case_id)
    else:
        return []
    return list(before.order_by("ended_at").values_list("ended_at", flat=True))
