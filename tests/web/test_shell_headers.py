"""What every answer carries, and what no page contains."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

import qorgan.web
from tests.web.pages import signed_in

WEB = Path(qorgan.web.__file__).parent
PAGES = ["/sign-in/", "/", "/figures/", "/mandate/", "/account/", "/nope"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_forbids_what_does_not_come_from_this_server(db: None, address: str) -> None:
    policy = signed_in("inspector").get(address).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in policy
    for rule in ("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in policy


def test_pages_of_staff_are_kept_nowhere_and_found_by_no_search_engine(db: None) -> None:
    answer = signed_in("inspector").get("/cases/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_other_sites_learn_no_address_of_ours(db: None) -> None:
    assert signed_in("inspector").get("/").headers["Referrer-Policy"] == "same-origin"


def test_a_page_asks_for_no_camera_microphone_or_place(db: None) -> None:
    asked = Client().get("/sign-in/").headers["Permissions-Policy"]
    assert "camera=(), microphone=(), geolocation=()" in asked


def test_the_probe_answers_without_the_database() -> None:
    assert Client().get("/healthz").content == b"ok\n"


def test_robots_are_kept_out_of_the_pages_of_staff(settings: LazySettings) -> None:
    assert b"Disallow: /\n" in Client().get("/robots.txt").content
    settings.PROCESS = "public"
    assert b"Allow: /\n" in Client().get("/robots.txt").content


def test_the_stylesheet_and_the_script_stay_small() -> None:
    assert (WEB / "static/qorgan.css").stat().st_size < 20_000
    assert (WEB / "static/keys.js").stat().st_size < 3_000


def test_no_template_has_a_style_a_handler_or_an_address_elsewhere() -> None:
    forbidden = re.compile(r"\sstyle=|\son[a-z]+=|<style|(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)
    found = [path.name for path in (WEB / "templates").rglob("*.html") if forbidden.search(path.read_text("utf-8"))]
    assert found == []


def test_every_script_comes_from_a_file_or_is_data_only() -> None:
    inline = re.compile(r"<script(?![^>]*(?:src=|type=\"application/json\"))")
    found = [path.name for path in (WEB / "templates").rglob("*.html") if inline.search(path.read_text("utf-8"))]
    assert found == []
