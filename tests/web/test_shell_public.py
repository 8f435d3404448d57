"""What the public reads: the pages, as the public process serves them."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from qorgan.base import signing
from qorgan.releases import actions
from qorgan.releases.engine import compose
from qorgan.releases.engine.box import MANIFEST, SIGNATURE, pack
from qorgan.releases.engine.verify import PURPOSE, verify
from qorgan.releases.models import Release
from tests.indicators.stored import store
from tests.indicators.strategies import START
from tests.releases.made import drafted
from tests.releases.made import published as made_public
from tests.releases.test_build import CHECKER, LATER, build, publish, rows
from tests.releases.years import year
from tests.web.pages import signed_in

OPENING = ("reports_registered", "orders_issued", "court_cases_decided")
CODES = ("reports_registered", "orders_issued", "orders_per_100_reports_cohort", "hours_report_to_order_median")


@pytest.fixture
def reader(db: None, settings: LazySettings) -> Client:
    """A passer-by on the public process, reading English."""
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    client = Client()
    client.cookies["lang"] = "en"
    return client


@pytest.fixture(autouse=True)
def nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No release comes with the program, unless a test puts one here."""
    monkeypatch.setattr("qorgan.base.country.boxes", lambda: sorted(tmp_path.glob("*.zip")))
    return tmp_path


@pytest.fixture
def published(db: None) -> Release:
    """A month with much in two regions, little in one, nothing elsewhere."""
    return made_public()


@cache
def year_box() -> bytes:
    """The box of a made-up year, without drawings and papers."""
    draft = year()
    files = compose.files(draft)
    files[MANIFEST] = signing.canonical(compose.manifest(draft, files))
    signature = signing.signer(demo=True).sign(files[MANIFEST], purpose=PURPOSE)
    return pack({**files, SIGNATURE: signing.canonical(signature.as_dict())})


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_before_the_first_release_the_pages_say_what_will_stand_here(reader: Client) -> None:
    assert "The first release is not published yet" in page(reader, "/")
    assert "No release yet" in page(reader, "/releases/")
    assert "Registered reports of domestic violence" in page(reader, "/definitions/")
    assert "qorgan release verify FILE" in page(reader, "/verify/")


def test_the_front_page_says_three_figures_each_with_its_sentence_and_definition(
    published: Release, reader: Client
) -> None:
    front = page(reader, "/")
    for code in OPENING:
        assert f'href="/releases/{published.number}/{code}/"' in front
    assert "<b>103</b>" in front
    assert "In October 2026, 103 reports of domestic violence were registered." in front.replace("\u00a0", " ")
    assert f"qorgan release verify {published.number}.zip" in front
    assert "SYNTHETIC" in front


def test_the_whole_release_says_every_figure_and_leads_to_it(published: Release, reader: Client) -> None:
    whole = page(reader, f"/releases/{published.number}/")
    for code in published.manifest["definitions"]:
        assert f'href="/releases/{published.number}/{code}/"' in whole
    for file in ("paper/en.pdf", "paper/en.html", "tables/national.csv", "tables/national.json"):
        assert f"files/{file}" in whole


def test_the_public_reads_who_by_role_and_never_by_name(published: Release, reader: Client) -> None:
    whole = page(reader, f"/releases/{published.number}/")
    assert "Second person of a release" in whole
    assert "Statistician" in whole
    assert CHECKER.name not in whole


def test_a_draft_is_not_found_whatever_is_asked_of_it(reader: Client) -> None:
    draft = drafted()
    for address in ("", "reports_registered/", "box.zip", "files/tables/national.csv"):
        assert reader.get(f"/releases/{draft.number}/{address}").status_code == 404
    assert draft.number not in page(reader, "/releases/")


def test_a_withdrawn_release_is_a_notice_with_its_reason_and_its_figures_are_gone(
    published: Release, reader: Client
) -> None:
    actions.withdraw(release=published, reason="Two regions were counted twice", by=CHECKER, now=LATER)
    notice = reader.get(f"/releases/{published.number}/")
    assert notice.status_code == 410
    assert "Two regions were counted twice" in notice.content.decode()
    assert "103" not in notice.content.decode().split("<main")[1].replace(published.digest, "")
    for address in ("reports_registered/", "box.zip", "files/tables/national.csv", "files/paper/en.pdf"):
        gone = reader.get(f"/releases/{published.number}/{address}")
        assert gone.status_code == 410
        assert "Two regions were counted twice" in gone.content.decode()
    assert "Two regions were counted twice" in page(reader, "/releases/")
    assert "The first release is not published yet" in page(reader, "/")


def test_the_question_behind_a_figure_is_shown_and_taken_away(published: Release, reader: Client) -> None:
    assert "report.registered" in page(reader, f"/releases/{published.number}/reports_registered/")
    sql = reader.get(f"/releases/{published.number}/files/queries/reports_registered.sql")
    assert b"facts_fact" in sql.content


def test_a_whole_leads_to_its_parts_and_a_part_to_its_whole(published: Release, reader: Client) -> None:
    whole = page(reader, f"/releases/{published.number}/offences_against_women/")
    assert "Violent criminal offences against women" in whole
    part = page(reader, f"/releases/{published.number}/violent_offences_against_women/")
    assert "Part of:" in part
    assert "Homicides of women" in part


def test_a_release_that_comes_with_the_program_stands_in_front_of_a_demonstration(
    published: Release, reader: Client, nothing_shipped: Path, settings: LazySettings
) -> None:
    front = page(reader, "/")
    (nothing_shipped / "2025-1.zip").write_bytes(year_box())
    assert "70 protective orders issued for every 100 reports" in page(reader, "/").replace("\u00a0", " ")
    assert f"/releases/{published.number}/" in page(reader, "/")
    assert "comes with the program" in page(reader, "/releases/")
    assert reader.get("/releases/2025-1/box.zip").content == year_box()
    settings.DEMO = False
    assert reader.get("/releases/2025-1/").status_code == 404
    assert "<b>103</b>" in page(reader, "/")
    assert "<b>103</b>" in front


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
    published = publish(build())
    store(rows({75: 4}, first=100, at=LATER), moved_at=LATER)
    publish(build(now=LATER, reason="Late entries of one desk"), now=LATER)
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
    client = signed_in("inspector")
    shown = page(client, "/figures/")
    assert page(client, "/figures/latest/")
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
