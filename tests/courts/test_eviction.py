"""A ban on living with the victim: by the law of the day of the decision, for its own days, with its own provision."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from qorgan.base.scope import Actor, acting
from qorgan.courts import actions, rules
from qorgan.courts.models import Decision
from qorgan.courts.terms import Prohibition
from qorgan.law import queries as law
from qorgan.places import queries as places
from tests.courts import made
from tests.web.pages import signed_in

HOME, CONTACT = Prohibition.LIVING_TOGETHER, Prohibition.CONTACT_WITH_VICTIM
BEFORE = datetime(2025, 12, 10, 9, tzinfo=UTC)  # law 214-IV
AFTER = datetime(2026, 5, 12, 9, tzinfo=UTC)  # law 245-VIII, whose article is to be verified


def _decide(owner: Actor, now: datetime, *forbidden: Prohibition, days: int | None) -> Decision:
    held, clerk = made.sent(by=owner, now=now), made.clerk()
    measure = rules.Measure(months=6, prohibitions=forbidden, eviction_days=days)
    with acting(clerk):
        return actions.decide(court_case=held, ruling=made.ruling(at=now, measure=measure), by=clerk, now=now)


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_a_court_bans_living_together_for_its_own_days(owner: Actor, now: datetime) -> None:
    decision = _decide(owner, now, HOME, CONTACT, days=30)
    assert (decision.months, decision.eviction_days) == (6, 30)
    assert sorted(decision.prohibitions) == ["contact_with_victim", "living_with_victim"]


@pytest.mark.parametrize(
    ("forbidden", "days", "refusal"),
    [
        ((HOME,), None, rules.EvictionDaysMissing),
        ((HOME,), 0, rules.EvictionDaysMissing),
        ((CONTACT,), 10, rules.EvictionNotForbidden),
        ((), 10, rules.NoProhibition),
    ],
)
def test_the_ban_and_its_days_go_together(
    owner: Actor, forbidden: tuple[Prohibition, ...], days: int | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _decide(owner, AFTER, *forbidden, days=days)


@pytest.mark.django_db
def test_each_day_has_its_provision() -> None:
    said = [law.cited(actions.EVICTION, on=day.date()) for day in (BEFORE, AFTER)]
    assert "214-IV" in said[0] and "22" in said[0]
    assert "245-VIII" in said[1] and "61" in said[1]


def test_the_database_keeps_the_ban_and_its_days_together(owner: Actor) -> None:
    decision = _decide(owner, AFTER, CONTACT, days=None)
    with pytest.raises(IntegrityError, match="decision_eviction_has_its_days"):
        Decision.objects.filter(pk=decision.pk).update(prohibitions=["living_with_victim"])


def test_a_clerk_writes_the_ban_and_reads_its_days_and_its_article(owner: Actor) -> None:
    now = datetime.now(UTC) - timedelta(hours=1)
    held = made.sent(by=owner, now=now)
    clerk, address = signed_in("clerk"), f"/courts/{held.id}/decide/special_requirements/"
    clerk.cookies["lang"] = "en"
    form = clerk.get(address).content.decode()
    assert "living_with_victim" in form
    assert "245-VIII" in form
    at = _local(datetime.now(UTC), held.territory_id)
    typed: dict[str, object] = {"at": at, "months": "6", "prohibitions": ["living_with_victim"]}
    refused = clerk.post(address, {**typed, "seen": held.version})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["eviction_days"])
    assert clerk.post(address, {**typed, "eviction_days": "20", "seen": held.version}).status_code == 303
    page = clerk.get(f"/courts/{held.id}/").content.decode()
    assert "to live in one dwelling with the victim (20 days; " in page


def _local(at: datetime, territory_id: int) -> str:
    return f"{at.astimezone(places.zone(territory_id)):%d.%m.%Y %H:%M}"
