"""The history of releases, line by line: what was published when, in whose place, and what is no longer shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.fields.json import KT, KeyTransform

from qorgan.releases import queries as releases
from qorgan.releases.models import Release
from qorgan.releases.queries import Life
from qorgan.web.public.pages import shown

_SHOWN = 200
_FIGURES = 24  # a page of one figure shows what the last so many releases said of it


@dataclass(frozen=True)
class Entry:
    """A line of the history. `value` is what the release said of one figure, where one is asked for."""

    life: Life
    reason: str
    value: Decimal | None = None

    @property
    def release(self) -> Release:
        return self.life.release

    @property
    def number(self) -> str:
        return self.release.number

    @property
    def shown(self) -> str:
        """The number as people write it."""
        return shown(self.number)

    @property
    def revises(self) -> str:
        """The release in whose place it stands."""
        return shown(self.release.revises) if self.release.revises else ""

    @property
    def revised_by(self) -> str:
        """The release that stands in its place."""
        return shown(self.life.revised_by) if self.life.revised_by else ""


def shipped() -> tuple[Release, ...]:
    """The releases that come with the program: shown by a demonstration only, since their data are synthetic."""
    return releases.shipped() if settings.DEMO else ()


def history() -> list[Entry]:
    """The releases that were published, the newest period first, then those that come with the program."""
    own = releases.history().annotate(why=KT("manifest__reason"))[:_SHOWN]
    return _entries([*own, *shipped()])


def of_figure(code: str) -> list[Entry]:
    """What each release said of a figure; of a withdrawn one nothing."""
    own = releases.history().annotate(why=KT("manifest__reason"), said=KeyTransform("figures", F("manifest")))
    return _entries([*own[:_FIGURES], *shipped()], code)


def _entries(found: Iterable[Release], code: str = "") -> list[Entry]:
    lives = releases.lives(found)
    return [
        Entry(
            life,
            reason=life.release.manifest["reason"] if life.release.is_shipped else life.release.why,  # type: ignore[attr-defined]  # annotated above
            value=_value(life, code) if code and not life.is_withdrawn else None,
        )
        for life in lives
    ]


def _value(life: Life, code: str) -> Decimal | None:
    held = life.release
    figures: list[Mapping[str, Any]] = held.manifest["figures"] if held.is_shipped else held.said  # type: ignore[attr-defined]  # annotated
    said = next((one["value"] for one in figures if one["code"] == code), None)
    return None if said is None else Decimal(said)
