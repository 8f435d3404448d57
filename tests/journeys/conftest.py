"""Deployments that a module of journeys shares; each is stopped and erased at its end."""

from collections.abc import Iterator

import pytest

from qorgan.base import postgres
from tests.journeys.places import Place
from tests.ready import ready


@pytest.fixture(scope="module")
def kazakhstan() -> Iterator[Place]:
    """The place of the demonstration of Kazakhstan with its staff, and without a record."""
    with ready() as home:
        yield Place(home)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Another country, not yet begun: two regions, an order of twenty days, another language."""
    place = Place(tmp_path_factory.mktemp("zz") / "home", "zz")
    yield place
    postgres.erase(place.home)
