"""Attacks on the pages by what is sent to them: addresses, forms, files, headers."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.reports.models import Report
from tests import factories
from tests.conftest import PASSWORD
from tests.reports.desks import cells, table
from tests.web.pages import an_hour_ago, signed_in
from tests.web.test_reports import _typed
from tools.access_matrix import addresses

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    " https://evil.example/",
    "http://localhost@evil.example/",
    "/%0d%0aX-Injected: 1",
    "\tjavascript:alert(1)",
    "data:text/html,x",
)
ODD = (
    "\x00",
    "a\x00b",
    "\U0001f600" * 50,
    "\u202e\u2066қорған\u2069",
    "\ufeff",
    "Z\u0351\u036a" * 300,
    "x" * 200_000,
    "%00%ff",
    "' or 1=1 --",
    "../../etc/passwd",
    "{{ 7*7 }}{% debug %}",
    "\r\nSet-Cookie: a=b",
    "9" * 5000,
)
NEVER = "01930000-0000-7000-8000-00000000000f"


@pytest.mark.parametrize("to", ELSEWHERE)
def test_a_link_leads_to_another_site_through_ours(db: None, to: str) -> None:
    """Open redirect, at every door that leads back."""
    visitor = Client()
    answers = [
        visitor.post("/language/", {"language": "kk", "next": to}),
        visitor.post("/sign-in/", {"login": "inspector", "password": PASSWORD, "next": to}),
        visitor.post("/mandate/", {"mandate": "x", "next": to}),
        visitor.post("/account/confirm/", {"password": PASSWORD, "next": to}),
        visitor.post("/sign-out/", {"next": to}),
    ]
    for answer in answers:
        where = answer.headers.get("Location", "/")
        assert where.startswith("/") and not where.startswith(("//", "/\\")), where
        assert "evil" not in where.partition("?")[0]
        assert "X-Injected" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "127.0.0.1.nip.io"]
)
def test_another_host_is_named(db: None, host: str) -> None:
    answer = Client(raise_request_exception=False).get("/sign-in/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode()


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "Forwarded"]
)
def test_a_proxy_is_played(db: None, header: str) -> None:
    answer = Client().get("/reports/", headers={header: "evil.example"})
    assert answer.headers["Location"] == "/sign-in/?next=/reports/"


POSTS = sorted(
    {one.pattern for one in addresses("staff") if one.name.split(":")[0] in ("reports", "cases", "orders", "courts")}
)


def test_a_form_is_sent_from_another_site(owner: Actor) -> None:
    """CSRF: without the token every write is refused, whoever is signed in, and the refusal says nothing."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in("inspector").cookies
    report = factories.report(by=owner, now=an_hour_ago())
    pages = [f"/reports/{report.id}/open-case/", f"/reports/{report.id}/write-off/", "/reports/new/", "/mandate/"]
    pages += ["/sign-out/", "/account/password/", "/entrusted/leave/", "/reports/import/", "/offences/new/"]
    for path in pages:
        assert browser.post(path, {"read": "on"}, headers={"Origin": "https://evil.example"}).status_code == 403, path
        assert browser.post(path, {"read": "on"}).status_code == 403, path
    report.refresh_from_db()
    assert report.state == "registered"
    assert browser.get("/reports/").status_code == 200  # still signed in


@pytest.mark.parametrize("step", ["open-case/", "whole/"])
def test_a_write_is_done_by_following_a_link(owner: Actor, step: str) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    path = f"/reports/{report.id}/{step}"
    assert browser.get(path).status_code == 405
    assert browser.get(path, headers={"X-HTTP-Method-Override": "POST"}).status_code == 405
    assert browser.get(f"{path}?_method=POST").status_code == 405


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "QORGAN"])
def test_a_method_that_nobody_thought_of_is_tried(owner: Actor, method: str) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    for path in (f"/reports/{report.id}/", f"/reports/{report.id}/write-off/", "/reports/new/", "/api/reports"):
        assert signed_in("inspector").generic(method, path).status_code == 405, path


def test_a_page_is_read_from_the_cache_after_sign_out(owner: Actor) -> None:
    browser = signed_in("inspector")
    for path in ("/", "/reports/", "/cases/", "/sign-in/", "/duties/calendar.ics", f"/cases/{NEVER}/"):
        assert "no-store" in browser.get(path).headers["Cache-Control"], path
    answer = browser.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["sessionid"].value == ""


def test_a_page_of_html_is_sent_as_a_desks_file(owner: Actor) -> None:
    """Content sniffing: what came from outside goes back as text to be saved, never as a page of ours."""
    page = b"<html><script>alert(document.cookie)</script></html>"
    browser = signed_in("inspector")
    answer = browser.post("/reports/import/", {"file": SimpleUploadedFile("x.html", page, content_type="text/html")})
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    row = cells(1, registered_at="31.02.2024", narrative="<script>alert(1)</script>")
    sent = browser.post("/reports/import/", {"file": SimpleUploadedFile("x.csv", table([row]).encode())})
    assert b"<script>alert" not in sent.content
    back = browser.get(f"/reports/import/{sent.context['kept']}/refused.csv")
    assert back.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert back.headers["Content-Disposition"].startswith("attachment")


def test_a_formula_leaves_in_an_export(owner: Actor) -> None:
    row = cells(1, registered_at="31.02.2024", narrative="=cmd|' /C calc'!A0", victim="@SUM(A1)")
    browser = signed_in("inspector")
    sent = browser.post("/reports/import/", {"file": SimpleUploadedFile("desk.csv", table([row]).encode())})
    text = browser.get(f"/reports/import/{sent.context['kept']}/refused.csv").content.decode("utf-8-sig")
    assert "cmd|" in text
    for cell in text.replace('"', "").replace("\r\n", ";").split(";"):
        assert not cell.startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/passwd", "..\\evil.csv", "a\x00.csv", "x" * 190 + ".csv", "<b>.csv"]
)
def test_a_file_is_named_to_be_written_elsewhere(owner: Actor, name: str) -> None:
    sent = SimpleUploadedFile("desk.csv", table([cells(1)]).encode())
    sent._name = name  # type: ignore[attr-defined]  # what a browser of one's own would send
    answer = signed_in("inspector").post("/reports/import/", {"file": sent})
    assert answer.status_code in (200, 422)
    assert b"<b>.csv" not in answer.content
    taken = JournalEntry.objects.filter(kind__startswith="reports.").values_list("detail", flat=True)
    assert "passwd" not in str(list(taken)) and ".." not in str(list(taken))


WAYS_UP = (
    "../../secrets/persons",
    "..%2f..%2fsecrets",
    "%2e%2e/%2e%2e/x",
    "....//x",
    "/etc/passwd",
    "tables/../../x",
    "manifest.json%00.csv",
)


@pytest.mark.parametrize("name", WAYS_UP)
def test_a_file_outside_a_release_is_asked_for(db: None, settings: LazySettings, name: str) -> None:
    settings.PROCESS, settings.ROOT_URLCONF = "public", "qorgan.config.urls.public"
    client = Client()
    assert client.get("/releases/2024-1/files/manifest.json").status_code == 200
    assert client.get(f"/releases/2024-1/files/{name}").status_code in (301, 404)
    assert client.get(f"/static/{name}").status_code in (301, 404)


@pytest.mark.parametrize("text", ODD, ids=[f"odd{number}" for number in range(len(ODD))])
def test_strange_signs_break_something(owner: Actor, text: str) -> None:
    """Overlong, unpaired, directional, NUL: an answer for all of it, and it is never a fault of ours."""
    browser = signed_in("inspector")
    report = factories.report(by=owner, now=an_hour_ago())
    for path in ("/reports/", "/cases/", "/orders/", "/offences/", "/courts/", "/law/"):
        assert browser.get(path, {"number": text}).status_code < 500, path
        rest = dict.fromkeys(("state", "force", "page", "words", "article", "on", "show", "after", "first"), text)
        assert browser.get(path, rest).status_code < 500, path
    for path in ("/reports/new/", f"/reports/{report.id}/write-off/", "/offences/new/", "/mandate/", "/language/"):
        said = dict.fromkeys((*_typed(), "article", "seen", "mandate", "next", "language", "rows", "token"), text)
        assert browser.post(path, said).status_code < 500, path


def test_a_report_brings_a_script_along(owner: Actor) -> None:
    said = '<script>alert(1)</script><img src=x onerror=alert(1)>"><svg/onload=alert(1)>'
    woman = factories.Named(written=said[:200], phone=said[:40])
    report = factories.report(by=owner, now=an_hour_ago(), narrative=said, address=said, victim=woman)
    browser = signed_in("inspector")
    for path in (f"/reports/{report.id}/", "/reports/", "/", f"/reports/{report.id}/write-off/"):
        page = browser.get(path).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page and "<svg/onload" not in page, path
    assert said[:25] in unescape(browser.get(f"/reports/{report.id}/").content.decode())


def test_a_search_is_made_to_answer_everything(owner: Actor) -> None:
    factories.report(by=owner, now=an_hour_ago())
    for text in ("%", "_", "' or ''='", "*", "ШЫМ-%", "\\", "1 union select"):
        answer = signed_in("rudny").get("/reports/", {"number": text})
        assert (answer.status_code, answer.context["rows"]) == (200, []), text
        assert signed_in("inspector").get("/reports/", {"number": text}).status_code == 200, text


def test_a_piece_of_a_page_is_asked_for_instead_of_the_page(owner: Actor, stranger: Actor) -> None:
    """The header of htmx changes the form of an answer, never whether there is one."""
    order = factories.served(by=owner, now=an_hour_ago())
    for path in (f"/orders/{order.id}/", f"/cases/{order.case_id}/"):
        for headers in (
            {"HX-Request": "true"},
            {"HX-Request": "true", "HX-Boosted": "true"},
            {"X-Requested-With": "x"},
        ):
            assert signed_in("rudny").get(path, headers=headers).status_code == 404
            answer = Client().get(path, headers=headers)
            assert answer.headers.get("HX-Redirect", answer.headers.get("Location", "")).startswith("/sign-in/")


def test_a_refused_page_says_what_it_refuses(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    names = re.compile("|".join((factories.WOMAN.written.split()[0], factories.MAN.written.split()[0], order.number)))
    for login in ("rudny", "statistician", "clerk", "admin"):
        for path in (f"/orders/{order.id}/", f"/cases/{order.case_id}/", f"/orders/{order.id}/paper.pdf"):
            answer = signed_in(login).get(path)
            assert answer.status_code in (403, 404)
            assert not names.search(answer.content.decode())


def test_debug_pages_and_old_doors_are_looked_for(db: None) -> None:
    browser = signed_in("admin")
    for path in (
        "/admin/",
        "/__debug__/",
        "/.env",
        "/.git/config",
        "/api/docs",
        "/metrics",
        "/server-status",
        "/accounts/signup/",
    ):
        answer = browser.get(path)
        assert answer.status_code == 404, path
        assert "Traceback" not in answer.content.decode() and "URLconf" not in answer.content.decode()


def test_a_larger_body_than_anyone_needs_is_sent(owner: Actor) -> None:
    answer = signed_in("inspector").post("/reports/new/", {"narrative": "a" * (17 * 1024 * 1024)})
    assert answer.status_code in (400, 413)
    many = {f"field{number}": "x" for number in range(2000)}
    assert signed_in("inspector").post("/reports/new/", many).status_code in (400, 413)
    assert not Report.objects.exists()
