"""What must hold of every provision on record, whatever it says."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import qorgan
from qorgan.law.engine.book import LawBook, Provision


def _with_acts(book: LawBook) -> list[Provision]:
    return [one for rule in book.rules.values() for one in rule.provisions if one.act and one.value is not None]


def test_no_value_outlives_the_act_it_stands_in(kz: LawBook) -> None:
    late = [
        (one.key, one.act)
        for one in _with_acts(kz)
        if (kz.acts[one.act].valid_until or date.max) < (one.valid_until or date.max)
    ]
    assert not late


def test_no_value_is_older_than_the_act_it_stands_in(kz: LawBook) -> None:
    early = []
    for one in _with_acts(kz):
        act = kz.acts[one.act]
        begins = act.valid_from or act.adopted_on
        if begins and (one.valid_from or date.min) < begins and one.value is not False:
            early.append((one.key, one.act, one.valid_from))
    assert not early


def test_on_the_day_of_the_new_law_nothing_on_orders_and_requirements_falls_silent(kz: LawBook) -> None:
    before, after = date(2026, 3, 1), date(2026, 3, 2)
    keys = [*kz.keys("orders."), *kz.keys("courts."), *kz.keys("reports."), *kz.keys("penalties.")]
    gone = [key for key in keys if kz.value(key, before).decides and not kz.value(key, after).decides]
    assert not gone


def _asked_for(known: set[str]) -> Iterator[str]:
    """The rules that acts and duties name, wherever in the rooms they do."""
    for file in Path(qorgan.__path__[0]).rglob("*.py"):
        if {"actions", "duties"} & set(file.parts):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            yield from (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and one.value in known)


def test_what_an_act_asks_of_the_law_is_answered_in_the_other_country_too(kz: LawBook, zz: LawBook) -> None:
    asked = set(_asked_for(set(kz.rules)))
    assert len(asked) > 30
    assert asked - set(zz.rules) == set()
