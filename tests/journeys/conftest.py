"""Deployments that a module of journeys shares; each is stopped and erased at its end."""

from collections.abc import Iterator

import pytest

from qorgan.base import postgres
from tests.journeys.places import Place


@pytest.fixture(scope="module")
def kazakhstan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The demonstration of Kazakhstan, not yet begun."""
    yield from _place(tmp_path_factory, "kz")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Another country: two regions, an order of twenty days, another language."""
    yield from _place(tmp_path_factory, "zz")


def _place(paths: pytest.TempPathFactory, country: str) -> Iterator[Place]:
    place = Place(paths.mktemp(country) / "home", country)
    yield place
    postgres.erase(place.home)
