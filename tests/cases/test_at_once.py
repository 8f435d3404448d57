"""Two people, one report, one case, one moment."""

from datetime import datetime

import pytest
from django.db import transaction

from qorgan.base.scope import acting
from qorgan.cases import actions
from qorgan.cases.models import Account, Case, CaseReport
from qorgan.cases.rules import CaseClosed
from qorgan.cases.terms import Speaker, State
from qorgan.reports.models import Report
from qorgan.reports.rules import AlreadyDecided
from tests import factories
from tests.conftest import actor
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.older_server]


def test_two_who_open_a_case_for_one_report_at_once_get_one_case(now: datetime) -> None:
    inspector, head = actor("inspector"), actor("head")
    with acting(inspector):
        reports = [factories.report(by=inspector, now=now) for _number in range(4)]

    def opened(report: Report, login: str) -> Case:
        by = inspector if login == "inspector" else head
        with acting(by):
            return actions.open_from_report(report=report, by=by, now=now)

    for report in reports:
        answers = at_once(lambda held=report: opened(held, "inspector"), lambda held=report: opened(held, "head"))  # type: ignore[misc]  # bound in the loop
        assert sum(isinstance(answer, Case) for answer in answers) == 1, answers
        assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 1
    with acting(inspector), transaction.atomic():
        assert Case.objects.count() == CaseReport.objects.count() == 4


def test_whoever_closes_first_nothing_is_written_after(now: datetime) -> None:
    inspector = actor("inspector")
    with acting(inspector):
        cases = [factories.case(by=inspector, now=now) for _number in range(5)]

    def close(case: Case) -> object:
        with acting(inspector):
            return actions.close(case=case, by=inspector, now=now)

    def write(case: Case) -> object:
        said = {"speaker": Speaker.WITNESS, "words": "сол сәтте", "source": "әңгіме", "said_at": now}
        with acting(inspector):
            return actions.write_account(case=case, by=inspector, now=now, **said)  # type: ignore[arg-type]  # told by name

    for case in cases:
        closed, written = at_once(lambda held=case: close(held), lambda held=case: write(held))  # type: ignore[misc]  # as above
        assert isinstance(closed, Case)
        assert isinstance(written, Account | CaseClosed)
        with acting(inspector), transaction.atomic():
            assert Case.objects.get(pk=case.pk).state == State.CLOSED
            late = Account.objects.filter(case=case, speaker=Speaker.WITNESS).count()
        assert late == isinstance(written, Account)
