"""What is different between two releases: for the person who must say yes to the newer one."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from qorgan.releases.engine.verify import Opened
from qorgan.releases.models import Release
from qorgan.releases.queries.kept import get, history, opened


@dataclass(frozen=True)
class Difference:
    """One indicator in both releases. Values as they were published; None where there is none.

    `cells` is how many regions say something else, `is_redefined` whether the definition changed.
    """

    code: str
    now: str | None
    before: str | None
    cells: int
    is_redefined: bool

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return self.now == self.before and not self.cells and not self.is_redefined


def former(release: Release) -> Release | None:
    """What a release is compared with: the one in whose place it stands, else that of the last period as long as its
    own."""
    if release.revises:
        return get(release.revises, drafts=True)
    earlier = history().filter(period_to__lt=release.period_from).order_by("-period_to", "-built_at")
    months = _months(release)
    return next((one for one in earlier[:24] if _months(one) == months), None)


def _months(release: Release) -> int:
    first, last = release.period_from, release.period_to
    return (last.year - first.year) * 12 + last.month - first.month


def differences(release: Release, before: Release) -> list[Difference]:
    """Every indicator of either release, in the order of the newer one."""
    now, then = opened(release), opened(before)
    values, former_values = _values(now), _values(then)
    return [
        Difference(
            code,
            values.get(code),
            former_values.get(code),
            _cells(now, then, code),
            now.files.get(f"definitions/{code}.toml") != then.files.get(f"definitions/{code}.toml"),
        )
        for code in dict.fromkeys([*values, *former_values])
    ]


def _values(box: Opened) -> dict[str, str | None]:
    return {plain["code"]: plain["value"] for plain in box.manifest["figures"]}


def _cells(now: Opened, then: Opened, code: str) -> int:
    """How many regions say something else; a region that only one of the tables has counts too."""
    rows, former_rows = _table(now, code), _table(then, code)
    return sum(rows.get(region) != former_rows.get(region) for region in rows.keys() | former_rows.keys())


def _table(box: Opened, code: str) -> Mapping[str, tuple[str, str]]:
    data = box.files.get(f"tables/{code}.csv")
    rows = csv.DictReader(io.StringIO(data.decode("utf-8"))) if data else ()
    return {row["region"]: (row[code], row["status"]) for row in rows}
