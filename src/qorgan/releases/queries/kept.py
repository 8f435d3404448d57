"""Releases that were made, and those that come with the program."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from qorgan.base import country
from qorgan.indicators.engine.periods import Period, parse
from qorgan.releases.engine import verify as checking
from qorgan.releases.models import Release, ReleaseStep
from qorgan.releases.rules import NoSuchRelease
from qorgan.releases.terms import Stage


def _has(stage: Stage) -> Exists:
    return Exists(ReleaseStep.objects.filter(release=OuterRef("pk"), stage=stage))


def _taken_over() -> Exists:
    """Whether a newer release stands in this one's place."""
    newer = Release.objects.filter(revises=OuterRef("number")).filter(_has(Stage.PUBLISHED))
    return Exists(newer)


def history(*, drafts: bool = False) -> QuerySet[Release]:
    """The releases that were ever published, the newest period first, without their boxes; with `drafts`, all."""
    found = Release.objects.defer("box", "manifest")
    return found if drafts else found.filter(_has(Stage.PUBLISHED))


def standing() -> QuerySet[Release]:
    """The releases whose figures hold: published, not withdrawn, not replaced; the newest period first."""
    return Release.objects.filter(_has(Stage.PUBLISHED)).exclude(_has(Stage.WITHDRAWN)).exclude(_taken_over())


def latest() -> Release | None:
    """The newest release of the newest period that stands. None before."""
    return standing().first()


def get(number: str, *, drafts: bool = False) -> Release:
    """The release of a number, written `2026-10-1` or `2026-10/1`. A draft is found only where `drafts` are asked for.

    Raises NoSuchRelease.
    """
    plain = number.strip().replace("/", "-").replace("..", "-to-")
    found = Release.objects.filter(number=plain)
    try:
        return (found if drafts else found.filter(_has(Stage.PUBLISHED))).get()
    except Release.DoesNotExist:
        raise NoSuchRelease(number=number) from None


def of_period(period: Period) -> QuerySet[Release]:
    """All releases of one period, drafts too, the newest first."""
    return Release.objects.filter(period_from=period.first, period_to=period.last).order_by("-built_at", "-number")


def published_of(period: Period) -> Release | None:
    """The last release of a period that was published, withdrawn or not: what a further one takes the place of."""
    return of_period(period).filter(_has(Stage.PUBLISHED)).exclude(_taken_over()).first()


def waiting_of(period: Period) -> Release | None:
    """The newest draft of a period that may still be published."""
    return of_period(period).exclude(_has(Stage.PUBLISHED)).exclude(_has(Stage.SENT_BACK)).first()


def is_withdrawn(release: Release) -> bool:
    """Whether its figures are no longer shown."""
    return not release.is_shipped and ReleaseStep.objects.filter(release=release, stage=Stage.WITHDRAWN).exists()


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


def shipped() -> tuple[Release, ...]:
    """The releases that come with the program, of synthetic data, the newest period first; never in the database."""
    found = [_shipped(path, path.stat().st_mtime_ns) for path in country.boxes()]
    return tuple(sorted(found, key=lambda one: (one.period_to, one.number), reverse=True))


def shipped_one(number: str) -> Release | None:
    """One of them; None where none has the number."""
    plain = number.strip().replace("/", "-").replace("..", "-to-")
    return next((one for one in shipped() if one.number == plain), None)


@lru_cache(maxsize=8)
def _shipped(path: Path, _changed: int) -> Release:
    data = path.read_bytes()
    box = checking.opened(data)
    said = box.manifest
    period = parse(said["period"]["word"])
    as_of = datetime.fromisoformat(said["as_of"])
    return Release(
        number=said["number"],
        period_from=period.first,
        period_to=period.last,
        as_of=as_of,
        digest=box.digest,
        manifest=said,
        box=data,
        revises=said["revises"],
        built_at=as_of,
        built_by="",
        is_synthetic=said["synthetic"],
    )
