"""What the public reads: the pages, as the public process serves them."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from qorgan.base.processes import Process
from qorgan.releases.engine.verify import verify
from qorgan.releases.models import Release
from tests.indicators.stored import store
from tests.indicators.strategies import START
from tests.releases.test_build import LATER, build, rows
from tests.roles import as_process
from tests.web.pages import signed_in

CODES = ("reports_registered", "orders_issued", "orders_per_100_reports_cohort", "hours_report_to_order_median")


@pytest.fixture
def reader(db: None, settings: LazySettings) -> Client:
    """A passer-by on the public process, reading English."""
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    client = Client()
    client.cookies["lang"] = "en"
    return client


_BUILT: dict[str, Any] = {}


@pytest.fixture
def published(db: None) -> Release:
    """A month with much in two regions, little in one, nothing elsewhere. Drawn and printed once for all tests."""
    if not _BUILT:
        store(rows({75: 60, 79: 40, 10: 3}), moved_at=START)
        built = build()
        _BUILT.update({field.attname: getattr(built, field.attname) for field in Release._meta.concrete_fields})
        return built
    with as_process(Process.STATISTICS):
        return Release.objects.create(**_BUILT)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_before_the_first_release_the_pages_say_what_will_stand_here(reader: Client) -> None:
    assert "The first release is not published yet" in page(reader, "/")
    assert "No release yet" in page(reader, "/releases/")
    assert "Registered reports of domestic violence" in page(reader, "/definitions/")
    assert "qorgan release verify FILE" in page(reader, "/verify/")


def test_the_front_page_says_four_figures_each_with_a_way_to_its_definition(published: Release, reader: Client) -> None:
    front = page(reader, "/")
    for code in CODES:
        assert f'href="/releases/{published.number}/{code}/"' in front
    assert "<b>103</b>" in front
    assert "SYNTHETIC" in front


def test_a_small_count_is_on_no_page_and_a_zero_is(published: Release, reader: Client) -> None:
    figure = page(reader, f"/releases/{published.number}/reports_registered/")
    table = figure.split("<tbody>")[1].split("</tbody>")[0]
    cells = dict(re.findall(r"<tr><th scope=\"row\">([^<]+)</th><td class=\"r\">(.*?)</td>", table))
    assert "hidden" in cells["Abai Region"]
    assert "*" in cells["Abai Region"]
    assert not re.search(r"\b3\b", cells["Abai Region"])
    assert cells["Pavlodar Region"] == "0"


def test_every_figure_has_its_definition_unit_and_limits(published: Release, reader: Client) -> None:
    for code in CODES:
        figure = page(reader, f"/releases/{published.number}/{code}/")
        assert "Numerator" in figure
        assert "Limits" in figure
        assert code in figure


def test_the_box_from_the_page_is_the_one_that_verifies(published: Release, reader: Client) -> None:
    answer = reader.get(f"/releases/{published.number}/box.zip")
    assert f'filename="{published.number}.zip"' in answer.headers["Content-Disposition"]
    assert verify(answer.content) == []


def test_the_page_of_verifying_names_the_file_the_digest_and_the_key(published: Release, reader: Client) -> None:
    shown = page(reader, "/verify/")
    assert f"qorgan release verify {published.number}.zip" in shown
    assert published.digest in shown


def test_a_table_is_taken_away_as_csv_and_a_definition_is_read(published: Release, reader: Client) -> None:
    table = reader.get(f"/releases/{published.number}/files/tables/reports_registered.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in table.headers["Content-Disposition"]
    assert reader.get(f"/releases/{published.number}/files/definitions/orders_issued.toml").status_code == 200


@pytest.mark.parametrize("name", ["../../etc/passwd", "tables/none.csv", "manifest.exe", "signature.json/"])
def test_a_file_that_is_not_in_the_box_is_not_found(published: Release, reader: Client, name: str) -> None:
    assert reader.get(f"/releases/{published.number}/files/{name}").status_code == 404


def test_an_unknown_release_or_figure_is_not_found(published: Release, reader: Client) -> None:
    for address in (
        "/releases/2099-1-1/",
        f"/releases/{published.number}/children_prone/",
        "/releases/2099-1-1/box.zip",
    ):
        assert reader.get(address).status_code == 404


def test_a_revision_says_what_it_replaces_and_the_old_release_stays(reader: Client) -> None:
    store(rows({75: 60, 79: 40, 10: 3}), moved_at=START)
    published = build()
    store(rows({75: 4}, first=100, at=LATER), moved_at=LATER)
    build(now=LATER, reason="Late entries of one desk")
    listed = page(reader, "/releases/")
    assert "Late entries of one desk" in listed
    assert "There is a newer release." in page(reader, f"/releases/{published.number}/")
    assert "<b>107</b>" in page(reader, "/")
    assert "<b>103</b>" in page(reader, f"/releases/{published.number}/")


def test_a_reader_is_given_no_cookie_and_no_session(published: Release, reader: Client) -> None:
    answer = Client().get("/")
    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_public_process_has_no_page_of_staff(reader: Client) -> None:
    for address in ("/sign-in/", "/cases/", "/reports/", "/orders/", "/style/", "/api/", "/mandate/"):
        assert reader.get(address).status_code == 404


def test_numbers_of_help_stand_on_every_page(published: Release, reader: Client) -> None:
    for address in ("/", "/definitions/", "/verify/", "/releases/", f"/releases/{published.number}/"):
        assert 'href="tel:102"' in page(reader, address)


def test_each_language_tells_the_release_in_its_own_words(published: Release, reader: Client) -> None:
    titles = {}
    for language in ("kk", "ru", "en"):
        reader.cookies["lang"] = language
        titles[language] = page(reader, "/").split("<h1>")[1].split("</h1>")[0]
    assert len(set(titles.values())) == 3


def test_staff_read_the_same_release_inside_their_own_shell(published: Release) -> None:
    client = signed_in("statistician")
    shown = page(client, "/figures/")
    assert "<b>103</b>" in shown
    assert f'href="/figures/releases/{published.number}/orders_issued/"' in shown
    assert Client().get("/figures/").status_code == 302


def test_petitions_say_honestly_that_nothing_can_be_signed_yet(db: None, settings: LazySettings) -> None:
    settings.PROCESS = "petitions"
    settings.ROOT_URLCONF = "qorgan.config.urls.petitions"
    client = Client()
    client.cookies["lang"] = "en"
    shown = page(client, "/")
    assert "Signing opens here later" in shown
    assert "<input" not in shown.split("<main")[1]
    assert client.get("/cases/").status_code == 404
