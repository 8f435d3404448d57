"""The order of the rooms is kept, and whoever breaks it is caught."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.guards import contracts

WITHOUT_CONTAINER = {"base", "config", "cli", "web", "api"}  # no stages: they have no inside that the order describes


@dataclass(frozen=True)
class Break:
    """An import in a place where the contract forbids it; without one, a module that the contract has no home for."""

    contract: str
    module: str
    imported: str = ""
    inside_a_function: bool = False

    @property
    def line(self) -> str:
        """The lines that break the contract."""
        statement = f"import {self.imported}" if self.imported else ""
        return f"def f():\n    {statement}" if self.inside_a_function else statement

    @property
    def words(self) -> str:
        """What the answer must name."""
        return f"{self.module} -> {self.imported}" if self.imported else self.module


BREAKS = (
    Break("flow", "qorgan.cases.queries", "qorgan.orders.models"),
    Break("flow", "qorgan.cases.rules", "qorgan.orders.terms", inside_a_function=True),
    Break("flow", "qorgan.web.urls", "qorgan.api"),
    Break("flow", "qorgan.files.rules", "qorgan.messages"),
    Break("flow", "qorgan.cli.extra", "qorgan.config"),
    Break("flow", "qorgan.base.extra", "qorgan.places"),
    Break("flow", "qorgan.junk"),
    Break("inside", "qorgan.orders.rules", "qorgan.orders.actions"),
    Break("inside", "qorgan.law.engine.extra", "qorgan.law.terms"),
    Break("inside", "qorgan.reports.readers.extra", "qorgan.reports.queries"),
    Break("inside", "qorgan.cases.extra"),
    Break("inside-messages", "qorgan.messages.rules", "qorgan.messages.channels"),
    Break("inside-facts", "qorgan.facts.models", "qorgan.facts.collect"),
    Break("inside-indicators", "qorgan.indicators.formulas.extra", "qorgan.indicators.queries"),
    Break("inside-releases", "qorgan.releases.charts.extra", "qorgan.releases.actions"),
    Break("inside-claims", "qorgan.claims.engine.extra", "qorgan.claims.wording"),
    Break("grammar", "qorgan.claims.engine.grammar.scene", "qorgan.claims.engine.grammar.parts"),
    Break("inside-simulation", "qorgan.simulation.engine.extra", "qorgan.simulation.perform.hands"),
    Break("wall-ledger", "qorgan.simulation.engine.extra", "qorgan.indicators.queries"),
    Break("wall-figures", "qorgan.releases.queries", "qorgan.cases.models"),
    Break("wall-figures", "qorgan.indicators.queries", "qorgan.facts.collect.extra"),
    Break("wall-facts", "qorgan.facts.models", "qorgan.reports.models"),
    Break("wall-pages", "qorgan.web.figures.extra", "qorgan.facts.models"),
    Break("wall-shelters", "qorgan.shelters.queries", "qorgan.orders.queries"),
    Break("wall-petitions", "qorgan.petitions.queries", "qorgan.people.queries"),
    Break("engines", "qorgan.law.engine.extra", "qorgan.law.models"),
)

NEEDED = (  # modules that a break imports, made where they do not exist yet
    "qorgan.facts.collect.extra",
    "qorgan.indicators.queries",
    "qorgan.releases.actions",
    "qorgan.law.models",
    "qorgan.law.terms",
)


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house as it is."""
    return contracts.copy_of_the_tree(tmp_path_factory.mktemp("house"))


def test_every_contract_is_kept(tree: Path) -> None:
    kept, said = contracts.run(tree)
    assert kept, said


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.contract}-{case.module}")
def test_an_import_that_breaks_a_contract_is_caught(case: Break, tmp_path: Path) -> None:
    place = contracts.copy_of_the_tree(tmp_path)
    for module in NEEDED:
        contracts.add(place, module)
    contracts.add(place, case.module, case.line)
    kept, said = contracts.run(place, case.contract)
    assert not kept
    assert case.words in said


def test_every_contract_is_broken_by_some_case() -> None:
    assert {case.contract for case in BREAKS} == set(contracts.contracts())


def test_every_stage_has_a_contract_for_its_inside() -> None:
    inside = [section for name, section in contracts.contracts().items() if name.startswith("inside")]
    described = {container.strip() for section in inside for container in section["containers"].split()}
    assert described == {f"qorgan.{room}" for room in contracts.rooms() if room not in WITHOUT_CONTAINER}


def test_walls_name_every_stage_that_holds_records() -> None:
    below = {room for floor in contracts.order()[contracts.order().index(frozenset({"facts"})) + 1 :] for room in floor}
    records = below - {"places", "base"}
    for wall in ("wall-figures", "wall-facts"):
        named = contracts.contracts()[wall]["forbidden_modules"].split()
        assert records <= {module.split(".")[1] for module in named}


def test_the_lowest_room_is_base_and_the_highest_config() -> None:
    assert contracts.order()[0] == {"config"}
    assert contracts.order()[-1] == {"base"}
