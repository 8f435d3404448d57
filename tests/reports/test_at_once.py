"""Two desks, one moment: what the database decides when nobody was first."""

from datetime import datetime

import pytest
from django.db import transaction

from qorgan.base.models import JournalEntry
from qorgan.base.scope import acting
from qorgan.duties.models import Duty
from qorgan.people.models import Person
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.rules import SameNumberOtherContent
from tests import factories
from tests.conftest import actor
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.older_server]
NUMBER = "267510080000001"


def _accept(now: datetime, **changes: object) -> actions.Accepted:
    inspector = actor("inspector")
    with acting(inspector):
        signal = factories.signal(at=now, **{"kui_no": NUMBER, **changes})  # type: ignore[arg-type]  # fields of Signal
        return actions.accept(signal=signal, by=inspector, now=now)


def _counts() -> dict[str, int]:
    with acting(actor("inspector")), transaction.atomic():
        models = {"reports": Report, "persons": Person, "duties": Duty}
        rows = {name: model._default_manager.count() for name, model in models.items()}
    return rows | {"journal": JournalEntry.objects.filter(kind="reports.report.accepted").count()}


def test_two_identical_submissions_at_the_same_moment_are_one_report(now: datetime) -> None:
    _accept(now, kui_no="267510080000000", submission="warm")  # places are read and keys are made
    for turn in range(5):
        answers = at_once(*[lambda: _accept(now)] * 4)
        accepted = [answer for answer in answers if isinstance(answer, actions.Accepted)]
        assert len(accepted) == 4, answers
        assert len({answer.report.id for answer in accepted}) == 1
        assert sum(answer.is_new for answer in accepted) == (1 if turn == 0 else 0)
    assert _counts() == {"reports": 2, "persons": 4, "duties": 2, "journal": 2}


def test_one_number_with_two_contents_at_the_same_moment_keeps_one_and_refuses_the_other(now: datetime) -> None:
    _accept(now, kui_no="267510080000000", submission="warm")
    answers = at_once(lambda: _accept(now), lambda: _accept(now, narrative="Басқа оқиға"))
    kept = [answer for answer in answers if isinstance(answer, actions.Accepted)]
    assert len(kept) == 1, answers
    assert sum(isinstance(answer, SameNumberOtherContent) for answer in answers) == 1
    assert _counts()["reports"] == 2
