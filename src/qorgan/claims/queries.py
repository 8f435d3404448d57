"""What a text is held against: series of the country, releases of this house; and the register of statements."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.db.models import OuterRef, QuerySet, Subquery

from qorgan.claims import answered, rules
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.known import Known, Series, Standing, boxes, reading
from qorgan.claims.models import Check, Statement
from qorgan.releases import queries as releases
from qorgan.releases.engine import verify as opening
from qorgan.releases.models import Release

GRAVITY = (
    Verdict.CANNOT_HOLD.value,
    Standing.DIFFERS.value,
    Standing.DISPUTED.value,
    Verdict.HOLDS_ONLY_IF.value,
    Verdict.UNDECIDED.value,
    Standing.AGREES.value,
    Verdict.HOLDS.value,
)
LEAST = Verdict.NOT_ENOUGH_SAID.value  # nothing graver was found
_READ = 24  # releases whose series are kept in memory; a box never changes


def known() -> Known:
    """The series and our own releases. Without the database, those that need none.

    In a demonstration the release that comes with the program is one of them, and says that it is made up.
    """
    own = reading.known()
    try:
        standing = [(each.digest, each.number) for each in releases.standing().defer("box", "manifest")]
    except OperationalError:
        standing = []
    series = [one for digest, number in standing for one in _kept(digest, number)]
    if settings.DEMO:
        series += [one for each in releases.shipped() for one in _shipped(each)]
        standing += [(each.digest, each.number) for each in releases.shipped()]
    version = hashlib.sha256(json.dumps([own.version, standing]).encode()).hexdigest()[:12]
    return Known((*own.series, *series), own.publishers, version)


@lru_cache(maxsize=_READ)
def _kept(digest: str, number: str) -> tuple[Series, ...]:
    del digest  # of the box that the number names
    box = releases.opened(releases.get(number))
    return boxes.series(box.manifest, box.files)


def _shipped(release: Release) -> tuple[Series, ...]:
    return _of_file(release.digest, bytes(release.box))


@lru_cache(maxsize=4)
def _of_file(digest: str, data: bytes) -> tuple[Series, ...]:
    del digest
    box = opening.opened(data)
    return boxes.series(box.manifest, box.files)


def versions() -> tuple[str, str]:
    """The versions of the grammar and of the data, as a check made now would name them."""
    return answered.grammar(), known().version


def statements(*, public: bool = False) -> QuerySet[Statement]:
    """The register, the newest first; for the public what was published, without the words of what was withdrawn."""
    found = Statement.objects.order_by("-brought_at", "-id")
    return found.filter(published_at__isnull=False) if public else found


def statement(ident: UUID, *, public: bool = False) -> Statement:
    """One of them. Raises NoSuchStatement."""
    found = statements(public=public).filter(pk=ident).first()
    if found is None:
        raise rules.NoSuchStatement
    return found


def last_check(held: Statement) -> Check | None:
    """The check that holds."""
    return held.checks.order_by("-number").first()


def last_checks(held: Iterable[Statement]) -> dict[UUID, Check]:
    """The check that holds, of each, in one question."""
    found = Check.objects.filter(statement__in=list(held)).order_by("statement_id", "-number").distinct("statement_id")
    return {each.statement_id: each for each in found}


def behind(*, most: int) -> list[Statement]:
    """Statements whose last check knew an older grammar or older data, the oldest first."""
    grammar, data = versions()
    last = Check.objects.filter(statement=OuterRef("pk")).order_by("-number")
    found = Statement.objects.filter(withdrawn_at__isnull=True).annotate(
        grammar=Subquery(last.values("grammar")[:1]), data=Subquery(last.values("data")[:1])
    )
    return list(found.exclude(grammar=grammar, data=data).order_by("brought_at", "id")[:most])


def gravest(check: Check) -> str:
    """What a reader must know first of a statement."""
    figures = check.answer["figures"]
    words = {each["verdict"] for each in figures} | {each["standing"] for each in figures}
    return next((word for word in GRAVITY if word in words), LEAST)
