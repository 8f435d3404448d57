"""The life of a release: its steps, where it stands, what came after it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from qorgan.releases.models import BuildRequest, Release, ReleaseDate, ReleaseStep
from qorgan.releases.terms import AFTER, PUBLIC, Stage, State


@dataclass(frozen=True)
class Life:
    """A release with its steps, oldest first. `revised_by` is the number of the published one in its place."""

    release: Release
    steps: tuple[ReleaseStep, ...]
    revised_by: str = ""

    @property
    def state(self) -> State:
        """Where it stands. What comes with the program is published."""
        if self.release.is_shipped:
            return State.PUBLISHED
        last = AFTER[Stage(self.steps[-1].stage)] if self.steps else State.DRAFT
        return State.REVISED if last is State.PUBLISHED and self.revised_by else last

    @property
    def is_public(self) -> bool:
        """Whether the public knows of it."""
        return self.state in PUBLIC

    @property
    def is_withdrawn(self) -> bool:
        """Whether its figures are no longer shown."""
        return self.state is State.WITHDRAWN

    def step(self, stage: Stage) -> ReleaseStep | None:
        """The step of a stage, where it was taken."""
        return next((step for step in self.steps if step.stage == stage), None)

    @property
    def withdrawn(self) -> ReleaseStep | None:
        """The step that withdrew it, with its reason."""
        return self.step(Stage.WITHDRAWN)

    @property
    def published(self) -> ReleaseStep | None:
        """The step that published it."""
        return self.step(Stage.PUBLISHED)


def lives(releases: Iterable[Release]) -> list[Life]:
    """The lives of some releases, in two questions."""
    asked = list(releases)
    kept = [release.pk for release in asked if not release.is_shipped]
    steps: dict[object, list[ReleaseStep]] = {}
    for step in ReleaseStep.objects.filter(release__in=kept).order_by("at", "id") if kept else ():
        steps.setdefault(step.release_id, []).append(step)
    newer = {
        old: number
        for old, number in ReleaseStep.objects.filter(
            stage=Stage.PUBLISHED, release__revises__in=[release.number for release in asked]
        ).values_list("release__revises", "release__number")
        if old
    }
    return [Life(one, tuple(steps.get(one.pk, ())), newer.get(one.number, "")) for one in asked]


def life(release: Release) -> Life:
    """The life of one release."""
    return lives([release])[0]


def requests() -> QuerySet[BuildRequest]:
    """What was asked for, the newest first, with its answer where there is one."""
    return BuildRequest.objects.select_related("answer__release").defer("answer__release__box").order_by("-asked_at")


def unanswered() -> BuildRequest | None:
    """The oldest request that has no answer yet."""
    return BuildRequest.objects.filter(answer__isnull=True).first()


def calendar() -> list[ReleaseDate]:
    """The dates announced, the last word for each period, soonest first."""
    last = {date.period: date for date in ReleaseDate.objects.order_by("announced_at", "id")}
    return sorted(last.values(), key=lambda date: (date.due_at, date.period))
