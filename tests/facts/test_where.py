"""The region and the local day of a happening, across the changes of borders and of clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from qorgan.facts.collect.where import NOWHERE, Where
from qorgan.places import queries as places


@pytest.mark.django_db
def test_kept_answers_are_those_of_the_gazetteer_on_every_day_around_every_change() -> None:
    gazetteer = places.gazetteer()
    where = Where(gazetteer)
    changes = {place.valid_from for place in gazetteer.places.values()} | {
        place.moved_on for place in gazetteer.places.values()
    }
    days = {change + timedelta(days=near) for change in changes if change for near in (-400, -1, 0, 1, 400)}
    assert days
    for day in sorted(days):
        for territory in gazetteer.places:
            noon = datetime.combine(day, time(12), gazetteer.zone(territory))
            found = gazetteer.region_of(territory, day)
            assert where.of(territory, noon.astimezone(UTC)) == (found.id if found else NOWHERE, day)


@pytest.mark.django_db
def test_day_is_that_of_the_clock_on_the_wall() -> None:
    where = Where(places.gazetteer())
    before = datetime(2024, 2, 28, 18, 30, tzinfo=UTC)  # Shymkent was six hours ahead until 1 March 2024
    assert where.of(7903, before)[1] == date(2024, 2, 29)
    assert where.of(7903, datetime(2024, 3, 2, 18, 30, tzinfo=UTC))[1] == date(2024, 3, 2)
