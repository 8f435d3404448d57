"""A release drawn and printed once for all tests, and put into each one's database."""

from datetime import datetime
from typing import Any

from qorgan.base.processes import Process
from qorgan.releases.models import Release, ReleaseStep
from qorgan.releases.terms import Stage
from tests.indicators.stored import store
from tests.indicators.strategies import START
from tests.releases.test_build import STATISTICIAN, build, publish, rows
from tests.roles import as_process

_BUILT: dict[str, Any] = {}


def drafted(*, now: datetime = START, **changes: Any) -> Release:
    """A draft of October 2026: much in two regions, little in one, nothing elsewhere."""
    if not _BUILT:
        store(rows({75: 60, 79: 40, 10: 3}), moved_at=START)
        built = build()
        _BUILT.update({field.attname: getattr(built, field.attname) for field in Release._meta.concrete_fields})
        return built
    with as_process(Process.STATISTICS):
        release = Release.objects.create(**{**_BUILT, **changes})
        ReleaseStep.objects.create(
            release=release,
            stage=Stage.BUILT,
            staff_id=STATISTICIAN.staff,
            name=STATISTICIAN.name,
            role=STATISTICIAN.role,
            at=now,
        )
    return release


def published() -> Release:
    """The same, checked and published by a second person."""
    return publish(drafted())
