"""Releases that were made."""

import json
from typing import Any

from django.db.models import QuerySet

from qorgan.indicators.engine.periods import Period
from qorgan.releases.engine import verify as checking
from qorgan.releases.models import Release
from qorgan.releases.rules import NoSuchRelease


def history() -> QuerySet[Release]:
    """All releases, the newest period first, without their boxes."""
    return Release.objects.defer("box", "manifest")


def latest() -> Release | None:
    """The newest release of the newest period; None before the first."""
    return Release.objects.first()


def get(number: str) -> Release:
    """The release of a number, written `2026-10-1` or `2026-10/1`. Raises NoSuchRelease."""
    try:
        return Release.objects.get(number=number.strip().replace("/", "-").replace("..", "-to-"))
    except Release.DoesNotExist:
        raise NoSuchRelease(number=number) from None


def of_period(period: Period) -> QuerySet[Release]:
    """The releases of one period, the newest first."""
    return Release.objects.filter(period_from=period.first, period_to=period.last).order_by("-built_at", "-number")


def opened(release: Release) -> checking.Opened:
    """The parts of a release's box."""
    return checking.opened(bytes(release.box))


def text(release: Release, language: str) -> dict[str, Any]:
    """Title, lead, paragraphs and notes in a language, or in the release's first one where it has none."""
    files = opened(release).files
    name = f"text/{language}.json"
    found: dict[str, Any] = json.loads(
        files[name if name in files else f"text/{release.manifest['languages'][0]}.json"]
    )
    return found
