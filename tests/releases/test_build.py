"""From facts to a frozen release: once for the same figures, with a reason for others, checked by anyone."""

from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from pypdf import PdfReader

from qorgan.agencies.terms import ROLES
from qorgan.base import signing
from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.releases import actions, queries
from qorgan.releases.engine.verify import verify
from qorgan.releases.models import Release
from qorgan.releases.rules import NoSuchRelease, NothingCollected, PeriodNotBegun, RevisionNeedsReason
from tests.indicators.oracle import ORDER, REPORT, Row
from tests.indicators.stored import store
from tests.indicators.strategies import START
from tests.roles import as_process

pytestmark = pytest.mark.django_db
STATISTICIAN = Actor(
    name="Статистик", staff_id=UUID(int=1), role="statistician", permissions=ROLES["statistician"].permissions
)
CHECKER = Actor(name="Тексеруші", staff_id=UUID(int=2), role="checker", permissions=ROLES["checker"].permissions)
SIGNER = signing.signer(demo=True)
LATER = START + timedelta(days=9)


def rows(reports: dict[int, int], *, first: int = 0, at: datetime = START) -> list[Row]:
    """Reports of 5 October by region, and an order six hours after every second of them."""
    made = []
    for region, count in reports.items():
        for number in range(first, first + count):
            root = f"{region:04}r{number:011}".encode()
            held = {"version": 1, "on": date(2026, 10, 5), "region": region, "withdrawn": False, "collected_at": at}
            made.append(Row(kind=REPORT, link=root, root=root, hours=None, **held))  # type: ignore[arg-type]  # told by name
            if number % 2:
                order = f"{region:04}o{number:011}".encode()
                made.append(Row(kind=ORDER, link=order, root=root, hours=6, **held))  # type: ignore[arg-type]  # told by name
    return made


@pytest.fixture
def country(db: None) -> None:
    """A month with much in two regions, little in one, nothing elsewhere."""
    store(rows({75: 60, 79: 40, 10: 3}), moved_at=START)


def build(period: str = "2026-10", *, now: datetime = START, **more: object) -> Release:
    with as_process(Process.STATISTICS):
        return actions.build(period=period, by=STATISTICIAN, now=now, signer=SIGNER, **more)  # type: ignore[arg-type]  # told by name


def publish(release: Release, *, now: datetime = START) -> Release:
    """Check and publish as the second person does, in the pages of staff."""
    actions.check(release=release, by=CHECKER, now=now)
    return actions.publish(release=release, by=CHECKER, now=now)


def table(release: Release, name: str) -> dict[str, list[str]]:
    lines = queries.opened(release).files[f"tables/{name}.csv"].decode("utf-8").split("\r\n")
    return {line.split(",")[0]: line.split(",")[1:] for line in lines[1:] if line}


def test_release_says_the_figures_and_checks_itself(country: None) -> None:
    release = build()
    assert release.number == "2026-10-1"
    assert release.is_synthetic
    assert verify(bytes(release.box)) == []
    national = table(release, "national")
    assert national["reports_registered"][3] == "103"
    assert national["orders_per_100_reports_cohort"][3:6] == ["49.5", "51", "103"]
    assert national["hours_report_to_order_median"][3] == "6.0"
    assert "103 хабарлама" in " ".join(queries.text(release, "kk")["paragraphs"]).replace("\u00a0", " ")


def test_small_region_is_hidden_with_company_and_has_no_rate(country: None) -> None:
    release = build()
    for name in ("reports_registered", "orders_issued", "orders_per_100_reports_cohort"):
        regions = table(release, name)
        assert regions["10"][-3:] == ["", "hidden", "SYNTHETIC"], name
        assert len(regions) == 20
    reports = table(release, "reports_registered")
    assert reports["79"][-2] == "hidden"
    assert reports["71"][-3:-1] == ["0", "given"]
    assert table(release, "orders_per_100_reports_cohort")["71"][-3:-1] == ["", "no_denominator"]


def test_same_figures_are_released_once_whatever_the_day(country: None) -> None:
    first = build()
    store([], moved_at=LATER)
    assert build(now=LATER).pk == first.pk


def test_release_built_again_as_of_its_moment_is_the_same_bytes(country: None) -> None:
    release = build()
    store(rows({79: 5}, first=500, at=LATER), moved_at=LATER)
    with as_process(Process.STATISTICS):
        assert queries.made_again(release, signer=SIGNER) == bytes(release.box)


def test_other_figures_than_the_published_ones_need_a_reason_and_say_it(country: None) -> None:
    publish(build())
    store(rows({79: 5}, first=500, at=LATER), moved_at=LATER)
    with pytest.raises(RevisionNeedsReason):
        build(now=LATER)
    revised = build(now=LATER, reason="кеш түскен хабарламалар")
    assert revised.number == "2026-10-2"
    assert revised.manifest["revises"] == "2026-10-1"
    publish(revised, now=LATER)
    with as_process(Process.PUBLIC):
        assert [each.number for each in queries.history()] == ["2026-10-2", "2026-10-1"]
        latest = queries.latest()
        assert latest is not None
        assert latest.pk == revised.pk
        assert queries.get("2026-10/1").number == "2026-10-1"


def test_other_figures_than_a_draft_are_a_new_draft_without_a_reason(country: None) -> None:
    first = build()
    store(rows({79: 5}, first=500, at=LATER), moved_at=LATER)
    second = build(now=LATER)
    assert (second.number, second.revises) == ("2026-10-2", "")
    assert first.pk != second.pk


def test_nothing_and_the_future_are_not_released(db: None) -> None:
    with pytest.raises(NothingCollected):
        build()
    store(rows({79: 5}), moved_at=START)
    with pytest.raises(PeriodNotBegun):
        build("2027")


def test_only_a_statistician_builds(country: None) -> None:
    stranger = Actor(name="Инспектор", permissions=frozenset({"orders.order.issue"}))
    with as_process(Process.STATISTICS), pytest.raises(NotAllowed):
        actions.build(period="2026-10", by=stranger, now=START, signer=SIGNER)


def test_building_is_in_the_journal(country: None) -> None:
    release = build()
    entry = JournalEntry.objects.get(kind="releases.release.built")
    assert (entry.thing_id, entry.detail["digest"]) == (str(release.pk), release.digest)


def test_public_reads_releases_and_neither_changes_nor_makes_them(country: None) -> None:
    publish(build())
    with as_process(Process.PUBLIC):
        assert queries.latest() is not None
        with pytest.raises(NoSuchRelease):
            queries.get("2026-11-1")
        with pytest.raises(ProgrammingError, match="denied"), connection.cursor() as cursor:
            cursor.execute("savepoint s; delete from releases_release")
        with connection.cursor() as cursor:
            cursor.execute("rollback to savepoint s")


def test_paper_bears_figures_stamp_and_the_digest_of_what_it_says(country: None) -> None:
    opened = queries.opened(build())
    for language, figure in (("kk", "103 хабарлама"), ("ru", "103 сообщения"), ("en", "103 reports")):
        printed = "".join(
            page.extract_text() for page in PdfReader(BytesIO(opened.files[f"paper/{language}.pdf"])).pages
        )
        words = " ".join(printed.replace("\u00a0", " ").split())
        assert figure in words
        assert "SYNTHETIC" in words
        assert opened.manifest["content"] in printed.replace(" ", "").replace("\n", "")


def test_drawings_say_that_they_are_synthetic(country: None) -> None:
    files = queries.opened(build()).files
    drawn = [data.decode() for name, data in files.items() if name.startswith("charts/")]
    assert len(drawn) == 12  # three counts and the map, in three languages
    assert all("SYNTHETIC</title>" in each for each in drawn)


def test_release_of_several_months_shows_each_of_them(country: None) -> None:
    release = build("2026-09..2026-10")
    months = queries.opened(release).files["tables/months.csv"].decode().split("\r\n")
    heads = months[0].split(",")
    september, october = (dict(zip(heads, line.split(","), strict=True)) for line in months[1:3])
    assert (september["reports_registered"], september["orders_issued"]) == ("", "")
    assert (october["month"], october["reports_registered"], october["orders_issued"]) == ("2026-10", "103", "51")
