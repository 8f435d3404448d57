"""Keys in a real browser: by their place on the keyboard, silent while someone types."""

from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest

import qorgan.web

SCRIPT = Path(qorgan.web.__file__).parent / "static/keys.js"
PAGE = """
<a id="one" href="#one" data-key="1">1</a> <a id="late" href="#late" data-key="G M">G M</a>
<button id="save" data-key="Ctrl Enter">save</button> <input id="find" data-key="/"> <textarea id="words"></textarea>
<label><input type="radio" name="r" id="radio" data-key="N">N</label>
<table data-rows><tbody><tr><td><a id="r1" href="#r1">1</a></td></tr><tr><td><a id="r2" href="#r2">2</a></td></tr>
</tbody></table><a hidden id="hidden" href="#hidden" data-key="2">2</a>
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page with a few keys; `window.used` lists what was pressed."""
    one = browser.new_page()
    one.set_content(PAGE)
    one.evaluate("window.used = []; addEventListener('click', (event) => used.push(event.target.id), true)")
    one.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield one
    one.close()


def used(page: Any) -> list[str]:
    found: list[str] = page.evaluate("used")
    return found


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def typed(page: Any, *, code: str, key: str) -> None:
    """A key as a Kazakh keyboard sends it: the same place, another letter."""
    page.evaluate(
        "([code, key]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}))",
        [code, key],
    )


def test_a_digit_opens_its_link_on_any_layout(page: Any) -> None:
    page.keyboard.press("Digit1")
    typed(page, code="Digit1", key="\u0451")
    assert used(page) == ["one", "one"]


def test_plain_keys_rest_while_someone_types(page: Any) -> None:
    page.focus("#words")
    page.keyboard.press("Digit1")
    assert used(page) == []
    assert page.input_value("#words") == "1"


def test_alt_with_the_key_works_everywhere(page: Any) -> None:
    page.focus("#words")
    page.keyboard.press("Alt+Digit1")
    assert used(page) == ["one"]


def test_control_enter_saves_from_inside_a_field(page: Any) -> None:
    page.focus("#words")
    page.keyboard.press("Control+Enter")
    assert used(page) == ["save"]


def test_two_keys_one_after_the_other(page: Any) -> None:
    page.keyboard.press("KeyM")
    assert used(page) == []
    page.keyboard.press("KeyG")
    page.keyboard.press("KeyM")
    assert used(page) == ["late"]


def test_a_field_is_entered_and_a_choice_is_made(page: Any) -> None:
    page.keyboard.press("Slash")
    assert focused(page) == "find"
    assert page.input_value("#find") == ""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("KeyN")
    assert page.is_checked("#radio")


def test_rows_are_walked_down_and_up(page: Any) -> None:
    for key, row in (("KeyJ", "r1"), ("KeyJ", "r2"), ("KeyJ", "r2"), ("KeyK", "r1")):
        page.keyboard.press(key)
        assert focused(page) == row


def test_what_is_not_shown_has_no_key(page: Any) -> None:
    page.keyboard.press("Digit2")
    assert used(page) == []


def test_a_key_of_a_folded_form_rests_and_of_two_open_ones_that_of_ones_own_form_is_meant(page: Any) -> None:
    form = "<details {}><summary>{}</summary><form onsubmit='return false'><input id='in-{}'>"
    form += "<button id='keep-{}' data-key='Ctrl Enter'>keep</button></form></details>"
    made = "".join(form.format(state, name, name, name) for name, state in (("a", ""), ("b", "open"), ("c", "open")))
    page.evaluate("(made) => { document.body.innerHTML = made; }", made)
    for name in ("b", "c"):
        page.evaluate("used.length = 0")
        page.focus(f"#in-{name}")
        page.keyboard.press("Control+Enter")
        assert used(page) == [f"keep-{name}"]
