"""From a figure back to its records: to those that it counts, and to no others."""

from datetime import datetime, timedelta

import pytest

from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.facts.collect import trace
from qorgan.indicators import queries
from qorgan.indicators.engine.formulas import FORMULAS
from qorgan.indicators.queries import behind
from qorgan.offences import actions as offences
from qorgan.offences.terms import Part, Relationship
from qorgan.people.terms import Sex
from tests import factories
from tests.facts.test_collect import collect_all
from tests.roles import as_process


def _victim(sex: Sex, age: int, relationship: Relationship) -> offences.Involved:
    return offences.Involved(part=Part.VICTIM, sex=sex, age=age, relationship=relationship)


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("offences_against_women", {"wife", "girl"}),
        ("child_victims", {"girl", "boy"}),
        ("offences_by_minors", {"girl"}),
        ("homicides_of_women", {"wife"}),
        ("women_victims_of_homicide_by_partner", {"wife"}),
        ("criminal_offences_domestic", {"wife"}),
        ("thefts_by_minors", set()),
    ],
)
def test_figure_leads_to_the_records_it_counts_and_to_no_others(
    owner: Actor, now: datetime, code: str, meant: set[str]
) -> None:
    young = offences.Involved(part=Part.SUSPECT, sex=Sex.MALE, age=17)
    persons = {
        "wife": ("99", (_victim(Sex.FEMALE, 40, Relationship.SPOUSE),)),
        "girl": ("106", (_victim(Sex.FEMALE, 12, Relationship.STRANGER), young)),
        "boy": ("109-1", (_victim(Sex.MALE, 17, Relationship.ACQUAINTANCE),)),
    }
    made = {
        name: factories.offence(by=owner, now=now, article=article, persons=held).pk
        for name, (article, held) in persons.items()
    }
    factories.offence(by=owner, now=now - timedelta(days=60), persons=persons["wife"][1])
    collect_all(now)
    with as_process(Process.STATISTICS):
        figure = queries.value(code, period="2026-11", region=79)
    selection = behind(figure)
    assert figure.numerator == len(meant)
    assert selection is not None
    with as_process(Process.COLLECTOR):
        assert set(trace.records_behind(selection)) == {made[name] for name in meant}


@pytest.mark.django_db
def test_every_figure_can_be_led_back_and_one_that_is_none_leads_nowhere(now: datetime) -> None:
    from tests.indicators.oracle import REPORT
    from tests.indicators.stored import store
    from tests.indicators.test_figures import row

    store([row(REPORT, 1, now.date(), collected_at=now)], moved_at=now)
    for code in FORMULAS:
        with as_process(Process.STATISTICS):
            figure, future = queries.value(code, period="2026"), queries.value(code, period="2027")
        selection = behind(figure)
        assert selection is not None
        assert behind(future) is None
        with as_process(Process.COLLECTOR):
            assert trace.records_behind(selection) == []
