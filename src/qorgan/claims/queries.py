"""What a text is held against: the series of the country and the releases of this house that stand."""

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.db import OperationalError

from qorgan.claims.engine.known import Known, Series, boxes, reading
from qorgan.releases import queries as releases
from qorgan.releases.engine import verify as opening
from qorgan.releases.models import Release

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
