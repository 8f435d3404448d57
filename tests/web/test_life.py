"""Law in life on pages: what acts oblige someone to do, never reported on, and a report entered from a document."""

import csv
import io
import json

import pytest
from django.conf import LazySettings
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.base.words import number
from qorgan.law.models import ImplementationReport
from tests.architecture.guards.queries import count as queries_asked
from tests.roles import as_process
from tests.web.pages import signed_in

USE = "castration_use"
TYPED = {
    "reported_by": "Денсаулық сақтау министрлігі",
    "reported_on": "01.08.2019",
    "first_day": "01.01.2018",
    "last_day": "31.12.2018",
    "done": "Бір рет қолданылды",
    "spent": "130 000",
    "document": "№ 7 хат",
    "address": "",
}


@pytest.fixture
def public(db: None, settings: LazySettings) -> Client:
    """Anybody's browser, in English."""
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    client = Client()
    client.cookies["lang"] = "en"
    return client


@pytest.fixture
def ombudsman(db: None) -> Client:
    return signed_in("ombudsman")


def _enter(browser: Client, **changes: str) -> ImplementationReport:
    sent = browser.post(f"/law/life/{USE}/report/", TYPED | changes)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/law/life/{USE}/"), sent.content.decode()[-3000:]
    return ImplementationReport.objects.latest("entered_at")


def test_anybody_reads_what_was_promised_and_never_reported_on(public: Client) -> None:
    with as_process(Process.PUBLIC):
        page = public.get("/law/life/").content.decode()
    for words in (
        "Use chemical castration where a court orders it",
        f"about {number(10_000_000, 'en')} tenge",
        "never reported on",
        "account of July 2019",
        "What it obliges anyone to do is not on record.",
        "in public texts",
        "Sentence the rape of a minor to life imprisonment",
    ):
        assert words in page
    assert 'href="/law/life/" aria-current="page"' in page
    assert "Enter a report" not in page


def test_the_filter_shows_only_what_was_never_reported_on(public: Client) -> None:
    page = public.get("/law/life/?show=never")
    keys = {row.key for act in page.context["acts"] for row in act.rows}
    assert USE in keys
    assert not keys & {"life_without_alternative", "public_works", "order_checks"}
    assert next(act.key for act in public.get("/law/life/?show=no%20such").context["acts"]) == "2016-spring"


def test_the_picture_is_told_in_words_and_stands_beside_a_table(public: Client) -> None:
    page = public.get("/law/life/").content.decode()
    assert "<title>Money promised, money reported and reports by year</title>" in page
    assert f"2018: about {number(10_000_000, 'en')} tenge, not on record, no report, overdue" in page


def test_the_table_and_the_file_for_machines_say_the_same(public: Client) -> None:
    told = json.loads(public.get("/law/life/life.json?show=never").content)
    answer = public.get("/law/life/life.csv?show=never")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    years = [(one["key"], year["year"]) for act in told["acts"] for one in act["requirements"] for year in one["years"]]
    assert [(row["requirement"], int(row["year"])) for row in rows if row["requirement"]] == years
    assert next(row for row in rows if row["requirement"] == USE)["tenge_promised"] == "10000000"
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_report_is_entered_seen_by_everybody_and_withdrawn(ombudsman: Client, settings: LazySettings) -> None:
    held = _enter(ombudsman)
    page = ombudsman.get(f"/law/life/{USE}/").content.decode()
    for words in ("Бір рет қолданылды", f"{number(130_000, 'en')} tenge", "№ 7 хат", "a report is overdue"):
        assert words in page
    address = f"/law/life/reports/{held.id}/withdraw/"
    assert ombudsman.post(address, {"seen": "0", "reason": ""}).status_code == 422
    assert ombudsman.post(address, {"seen": "0", "reason": "Басқа заң"}).status_code == 303
    page = ombudsman.get(f"/law/life/{USE}/").content.decode()
    assert "Басқа заң" in page
    assert "never reported on" in page
    assert ombudsman.post(address, {"seen": "0", "reason": "Тағы"}).status_code == 409
    with as_process(Process.WORKER):
        assert JournalEntry.objects.filter(kind="law.report.withdrawn").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"reported_by": ""}, "reported_by", "Say who reported."),
        ({"reported_on": "вчера"}, "reported_on", "Write the day in digits, as 01.06.2026."),
        ({"last_day": "31.12.2017"}, "last_day", "The last day of the report lies before its first."),
        ({"first_day": "01.01.2017", "last_day": "31.12.2017"}, "last_day", "Nobody was obliged to it before"),
        ({"last_day": "31.12.2019"}, "last_day", "A report of 01.08.2019 cannot tell of later days."),
        ({"reported_on": "01.01.2999"}, "reported_on", "The day of the report lies ahead."),
        ({"spent": "-5"}, "spent", "Money spent is counted from nothing upwards, in whole tenge."),
        ({"spent": "много"}, "spent", "Money spent is counted from nothing upwards, in whole tenge."),
        ({"document": ""}, "document", "Name the document in which it was reported"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(
    ombudsman: Client, changes: dict[str, str], field: str, words: str
) -> None:
    answer = ombudsman.post(f"/law/life/{USE}/report/", TYPED | changes)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert words in " ".join(str(one) for one in form.errors[field])
    assert form["done"].value() == TYPED["done"]
    assert not ImplementationReport.objects.exists()


def test_the_same_document_twice_is_refused(ombudsman: Client) -> None:
    _enter(ombudsman)
    answer = ombudsman.post(f"/law/life/{USE}/report/", TYPED)
    assert "This document is entered already" in answer.content.decode()
    assert ImplementationReport.objects.count() == 1


def test_who_may_not_enter_a_report_reads_and_is_refused(owner: Actor) -> None:
    inspector = signed_in("inspector")
    page = inspector.get(f"/law/life/{USE}/")
    assert page.status_code == 200
    assert "Enter a report" not in page.content.decode()
    assert inspector.get(f"/law/life/{USE}/report/").status_code == 403
    assert inspector.get("/law/life/no_such/").status_code == 404


def test_the_press_officer_may_enter_one_too(db: None) -> None:
    assert _enter(signed_in("press")).key == USE


def test_the_page_asks_no_more_however_much_was_reported(
    ombudsman: Client, public: Client, settings: LazySettings
) -> None:
    few = queries_asked(lambda: public.get("/law/life/"))
    settings.PROCESS, settings.ROOT_URLCONF = "staff", "qorgan.config.urls.staff"
    for each in range(5):
        _enter(ombudsman, document=f"№ {each}")
    settings.PROCESS, settings.ROOT_URLCONF = "public", "qorgan.config.urls.public"
    assert queries_asked(lambda: public.get("/law/life/")) <= few
