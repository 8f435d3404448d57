"""Every page of staff on a telephone, in Kazakh: none runs sideways, and those that protect have no fault."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from qorgan.agencies.terms import ROLES
from tests.matrix import cast
from tests.matrix.asking import ask, asked_with, methods_of, path_of
from tests.matrix.conftest import Scene
from tests.matrix.real import pages
from tools.access_matrix import YES, addresses, line_of

CHROMIUM = Path("/usr/bin/chromium")
PICTURES = os.environ.get("QORGAN_PICTURES", "")  # a folder, for whoever wants to see them
STATIC = Path(__file__).parents[2] / "src" / "qorgan" / "web" / "static"
WIDTH, ORIGIN = 360, "http://127.0.0.1:9"  # nothing listens there: every answer comes from here
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# The samples of the look itself, among them some that are wider than a telephone on purpose.
NO_PAGES = ("style:",)
# Whose pages are asked for faults here; the other rooms ask it of their own.
ASKED = ("cases:", "courts:", "duties:", "life:", "missing:", "offences:", "orders:", "risk:")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


@pytest.fixture(scope="module")
def drawn(whole: Scene) -> dict[str, str]:
    """Every page as one of those who may read it is told it, by its name."""
    real = pages(whole)
    found: dict[str, str] = {}
    for name, login, path in [*_of_story(whole), *_of_real(whole, real)]:
        client = whole.browser(login)
        client.cookies["lang"] = "kk"
        told = ask(client, "GET", path)
        if told.status_code == 200 and told.headers["Content-Type"].startswith("text/html"):
            found.setdefault(f"{name} {login}", told.content.decode())
    return found


def _of_story(scene: Scene) -> Iterator[tuple[str, str, str]]:
    for address in addresses("staff"):
        if address.name.startswith(NO_PAGES):
            continue
        for name, line in asked_with(address, line_of(address)):
            given = scene.given(address.parameters, dict(line.given[0]))
            path = path_of(address, given, line.query.format(**scene.beside))
            if "GET" not in methods_of(scene.browser("inspector"), path):
                continue
            may = [role for role in ROLES if line.answer(cast.permissions(role), role=role, method="GET") == YES]
            for role in may if address.name == "duties:index" else may[:1]:
                yield name, cast.CAST[role], path


def _of_real(scene: Scene, real: list[Any]) -> Iterator[tuple[str, str, str]]:
    by_name = {one.name: one for one in addresses("staff")}
    for number, one in enumerate(real):
        path = path_of(by_name[one.name], dict(one.given))
        readers = [login for login in sorted(one.let_in | one.reads) if login in scene.browsers]
        if readers and "GET" in methods_of(scene.browser("inspector"), path):
            yield f"{one.name} real {number}", readers[0], path


def _served(page: Any, drawn: dict[str, str]) -> None:
    """Give the browser what was drawn, and the stylesheet beside it."""

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        file = STATIC / Path(path).name
        if path in drawn:
            route.fulfill(body=drawn[path], content_type="text/html; charset=utf-8")
        elif file.suffix in KINDS and file.is_file():
            route.fulfill(body=file.read_text(), content_type=KINDS[file.suffix])
        else:
            route.abort()

    page.route("**/*", answer)


def test_no_page_of_staff_runs_sideways_or_has_a_fault(drawn: dict[str, str], chromium: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_context(viewport={"width": WIDTH, "height": 800}).new_page()
    by_path = {f"/{number}": name for number, name in enumerate(drawn)}
    _served(page, {path: drawn[name] for path, name in by_path.items()})
    wrong = {}
    for path, name in by_path.items():
        page.goto(ORIGIN + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = Axe().run(page).response["violations"] if name.startswith(ASKED) else []
        faults = [fault["id"] for fault in found]
        if wide > WIDTH or faults:
            wrong[name] = (wide, faults)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name.replace(' ', '_').replace(':', '_')}.png", full_page=True)
    assert wrong == {}


def test_what_is_folded_is_printed_whole(chromium: Any) -> None:
    folded = "<details><summary>11</summary><p>all of it</p></details>"
    page = chromium.new_context(viewport={"width": WIDTH, "height": 800}).new_page()
    _served(page, {"/": f'<!doctype html><link rel="stylesheet" href="/static/qorgan.css">{folded}'})
    page.goto(ORIGIN + "/")
    assert not page.evaluate("document.querySelector('p').checkVisibility({contentVisibilityAuto: true})")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf())).pages[0].extract_text()
    assert "all of it" in printed
