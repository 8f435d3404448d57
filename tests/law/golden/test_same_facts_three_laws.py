"""The same night under three laws: the engine says what was worked out by hand."""

import pytest

from qorgan.law.engine.book import LawBook
from qorgan.law.engine.workdays import WorkCalendar
from tests.law.golden.asked import Asker, Case, cases

ALL = list(cases())


def test_there_are_at_least_forty() -> None:
    assert len(ALL) >= 40
    assert len({(case.question, case.year) for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", ALL, ids=[f"{case.question}-{case.year}" for case in ALL])
def test_the_engine_says_what_was_worked_out_by_hand(kz: LawBook, days: WorkCalendar, case: Case) -> None:
    asker = Asker(kz, days)
    assert asker.answer(case) == case.answer
    provision = asker.provision(case)
    if provision is None or case.decides == "any":
        return
    clock = asker.clock(case) if case.question == "end" else None
    verify = clock.to_verify if clock else provision.to_verify
    assert {"yes": (True, False), "verify": (True, True)}.get(case.decides, (False, verify)) == (
        provision.decides,
        verify,
    )
