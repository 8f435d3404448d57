"""The scene: everyone hired, the story told here and once more elsewhere; built once a module, then taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from qorgan.agencies.terms import ROLES
from qorgan.base import clock, ids
from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.law import actions as law
from qorgan.places import queries as places
from qorgan.releases import actions as releases
from qorgan.releases import queries
from qorgan.releases.models import Release, ReleaseStep
from qorgan.releases.terms import Stage
from tests.matrix import cast
from tests.matrix.story import Story, told
from tests.roles import as_process

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

# Ids of what the story has none of: asked with one that never was, so that only the permission answers. `real` has
# real ones of most of them.
NEVER_WAS = (
    *("block_id", "opening_id", "odd_id", "sought_id", "declaration_id", "destruction_id", "referral_id"),
    *("consent_id", "representation_id", "handle", "channel_id", "mandate_id", "hold_id", "bulletin_id"),
    *("contact_id", "known_id", "statement_id", "pair_id", "entry_id", "escalation_id", "recommendation_id"),
    *("contradiction_id", "review_id"),
)


@dataclass
class Scene:
    """What the modules of the matrix ask about, and a browser for each of the cast, kept for the next question."""

    story: Story
    foreign: Story
    beside: dict[str, Any]  # values of addresses that are no records
    browsers: dict[str, Client] = field(default_factory=dict)
    told: dict[tuple[str, str], HttpResponse] = field(default_factory=dict)  # by address and reader, for who asks again

    def given(self, parameters: tuple[str, ...], said: dict[str, Any]) -> dict[str, Any]:
        """Values for an address about the story."""
        beside = {name: value for name, value in self.beside.items() if name in parameters}
        return {**beside, **self.story.given(parameters, said)}

    def browser(self, who: str) -> Client:
        """The browser of someone, by login; `""` has not signed in."""
        return self.browsers[who]

    def open_browsers(self) -> None:
        """Sign everyone in, once: a session that a test made would be taken back with it."""
        self.browsers = {"": Client(), **{login: cast.browser(login) for login in cast.logins()}}
        self.browsers[""].cookies["lang"] = "en"


@contextmanager
def staged(blocker: Any) -> Iterator[None]:
    """A transaction round a whole module, taken back at its end; nobody acts in it but whom it says."""
    with blocker.unblock(), clock.frozen(NOW):
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            connection.close()


def tell(name: str = cast.TELLER) -> Story:
    """The story in the place of the cast."""
    return told(by=cast.of(name), clerk=cast.of("clerk"), now=NOW)


def tell_elsewhere() -> Story:
    """The same story in another region, where nobody of the cast has anything in sight."""
    by, clerk = cast.of("rudny"), cast.of("clerk")
    there = replace(clerk, territory_id=cast.ELSEWHERE, territories=places.expand((cast.ELSEWHERE,)))
    return told(by=by, clerk=there, now=NOW)


@pytest.fixture(scope="module")
def bare(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everyone is hired and nothing has happened yet."""
    with staged(django_db_blocker):
        cast.hire()
        yield


@pytest.fixture(scope="module")
def scene(bare: None) -> Scene:
    """The story, here and elsewhere; of each role one is shut out of it, and the far inspector is let into its case."""
    story, foreign = tell("teller"), tell_elsewhere()
    for role in ROLES:
        cast.shut(story, who=cast.login("shut", role), now=NOW)
    admission = cast.entrust(story.threads[0], story, to=cast.login("far", "district_inspector"), now=NOW)
    beside = {name: ids.new() for name in NEVER_WAS}
    beside |= {"admission_id": admission, "agency_id": cast.of("inspector").agency, "pk": 1}
    made = Scene(story, foreign, beside)
    made.open_browsers()
    return made


@pytest.fixture(scope="module")
def whole(scene: Scene) -> Scene:
    """The scene with what is no record beside it: a draft release, a request for one, an entered value of the law."""
    keeper, statistician = cast.of("admin"), cast.of("statistician")
    letter = law.Citation(document="Letter No. 7 of 1 June 2026", article="60")
    with acting(keeper):
        key = {"key": "orders.copy_to_prosecutor", "value": 24, "valid_from": date(2026, 6, 1)}
        value = law.enter_value(**key, citation=letter, by=keeper, now=NOW)  # type: ignore[arg-type]  # told by name
    with acting(statistician):
        asked = releases.ask(period="2026-10", reason="", language="kk", by=statistician, now=NOW)
    scene.beside |= {"value_id": value.id, "request_id": asked.id, "number": _draft()}
    return scene


def _draft() -> str:
    """The number of a draft: the release that comes with the program, laid into the database under another number."""
    shipped, by = queries.shipped_one("2024-1"), cast.of("statistician")
    assert shipped is not None
    held = {field.attname: getattr(shipped, field.attname) for field in Release._meta.concrete_fields}
    with as_process(Process.STATISTICS):
        made = Release.objects.create(**{**held, "id": ids.new(), "number": "2024-2"})
        step = {"stage": Stage.BUILT, "staff_id": by.staff, "name": by.name, "role": by.role, "at": NOW}
        ReleaseStep.objects.create(release=made, **step)
    return made.number
