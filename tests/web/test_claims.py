"""The page on which anyone's text is checked, and the same over the API: nothing kept, nothing invented."""

import base64
import html
import json
import random
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client

import qorgan.web
from qorgan.claims import checked
from qorgan.web.claims import links

pytestmark = pytest.mark.django_db  # the releases that stand are asked for
TEXT = "Из 600 обратившихся 420 (65 %) – женщины. Сейчас работают 69 центров."
OPEN = "Число правонарушений сократилось на 6 %, в том числе убийств – на 29 %, краж – на 19 %."


@pytest.fixture
def reader(settings: LazySettings) -> Client:
    """A passer-by on the public process, reading English."""
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    without = ("sessions", "auth", "messages", "allauth", "axes", "mandate", "written_down")
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not any(word in each for word in without)]
    client = Client()
    client.cookies["lang"] = "en"
    return client


def page(client: Client, **sent: str) -> str:
    """The page of a text."""
    answer = client.post("/claims/", sent)
    assert answer.status_code == 200, answer.content.decode()[:400]
    assert answer.headers["Cache-Control"] == "no-store"
    return html.unescape(answer.content.decode())


def test_each_figure_is_underlined_by_its_verdict_with_its_word_and_leads_to_the_reason(reader: Client) -> None:
    shown = page(reader, text=TEXT)
    for figure in ("600", "420", "65 %"):
        assert f'<a class="v v-no" href="#c1">{figure}<sup>1</sup><span class="vh"> (cannot hold)</span></a>' in shown
    assert '<a class="v v-ask" href="#alone">69<span class="vh"> (not enough was said)</span></a>' in shown
    assert 'id="c1"' in shown and 'id="alone"' in shown
    assert "These figures cannot all be true" in shown


def test_the_text_is_seen_again_to_the_letter(reader: Client) -> None:
    text = "  <b>Из 600</b> обратившихся\n\n420 & (65 %) – женщины.  "
    speech = re.search(
        r'<div class="speech"[^>]*>(.*?)</div>', reader.post("/claims/", {"text": text}).content.decode(), re.S
    )
    assert speech is not None
    without = re.sub(r'<sup>.*?</sup>|<span class="vh">.*?</span>|</?a\b[^>]*>', "", speech.group(1))
    assert html.unescape(without) == text


def test_the_tree_the_inequalities_and_the_picture_stand_on_the_page(reader: Client) -> None:
    shown = page(reader, text=TEXT)
    assert '<ul class="tree">' in shown
    assert "0.645 × " in shown.replace(",", ".")
    assert shown.count('class="iv-may"') == shown.count('class="iv-said"') >= 1


def test_what_depends_on_the_reading_says_so_and_a_choice_settles_it(reader: Client) -> None:
    shown = page(reader, text=OPEN)
    assert "It depends on how it is read: possible in 1 ways, impossible in 1." in shown
    assert 'name="choice:parts:t1"' in shown
    settled = page(reader, text=OPEN, **{"choice:parts:t1": "all"})
    assert "It depends on how it is read" not in settled
    assert '<option value="all" selected>' in settled


def test_a_mended_reading_is_reckoned_with_and_marked_as_mended(reader: Client) -> None:
    reading = checked.check(TEXT, language="ru").reading.replace("low = 65\nhigh = 65", "low = 70\nhigh = 70")
    shown = page(reader, text=TEXT, reading=reading)
    assert "a reading that a person has mended" in shown
    assert '<a class="v" href="#c1">65 %' in shown


def test_a_reading_that_is_none_is_refused_with_every_fault_and_loses_no_word(reader: Client) -> None:
    answer = reader.post("/claims/", {"text": TEXT, "reading": '[[thing]]\nid = "a"\nof = "nowhere"\ncolour = 1\n'})
    said = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "colour" in said and "nowhere" in said and TEXT in said


@pytest.mark.parametrize("chosen", [{"choice:fold": "never"}, {"choice:parts:t1": "perhaps"}, {"choice:place9": "x"}])
def test_a_choice_that_is_none_is_refused(reader: Client, chosen: dict[str, str]) -> None:
    assert reader.post("/claims/", {"text": OPEN, **chosen}).status_code == 422


def test_a_link_holds_the_reading_and_shows_it_again(reader: Client) -> None:
    shown = page(reader, text=OPEN, **{"choice:parts:t1": "all"})
    found = re.search(r'class="share" href="([^"]+)"', shown)
    assert found is not None
    again = reader.get(found.group(1))
    assert again.status_code == 200
    assert again.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<option value="all" selected>' in again.content.decode()


def test_a_text_too_long_for_a_link_says_so(reader: Client) -> None:
    words = random.Random(7)
    text = TEXT + " " + " ".join("".join(words.choices("абвгдежзиклмн", k=9)) for _ in range(900))
    assert "too long for a link" in page(reader, text=text)


@pytest.mark.parametrize(
    "code",
    [
        "x",
        "eNqrVgIAAAAA",
        "%00",
        "A" * 9000,
        base64.urlsafe_b64encode(zlib.compress(b"5")).decode(),
        base64.urlsafe_b64encode(b"x" * 50).decode(),
    ],
)
def test_a_damaged_link_is_refused_with_one_sentence(reader: Client, code: str) -> None:
    answer = reader.get("/claims/", {"r": code.replace("%00", "é")})
    assert answer.status_code == 422
    assert "This link is cut or damaged" in answer.content.decode()


def test_a_link_that_would_unfold_without_end_is_refused() -> None:
    packed = zlib.compress(json.dumps(["а" * 3_000_000, "", {}]).encode())
    with pytest.raises(links.NotALink):
        links.held(base64.urlsafe_b64encode(packed).decode())


def test_an_empty_box_and_a_text_without_figures_get_a_clear_answer(reader: Client) -> None:
    assert reader.post("/claims/", {"text": "  "}).status_code == 422
    assert "There are no figures in this text" in page(reader, text="Дата: 12.03.2024.")


def test_a_text_over_a_megabyte_is_refused(reader: Client) -> None:
    answer = reader.post("/claims/", {"text": "а" * 600_000})
    assert answer.status_code == 422
    assert "at most 1 MB" in answer.content.decode()


def test_reading_that_takes_too_long_stops_and_says_where(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "READING", -1.0)
    shown = page(reader, text=TEXT)
    assert "Reading was given up after some seconds" in shown
    assert "Из 600" in shown


def test_reckoning_that_takes_too_long_claims_nothing(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "ALL", -1.0)
    shown = page(reader, text=TEXT)
    assert "Nothing is claimed" in shown
    assert "cannot hold" not in shown


def test_while_others_are_answered_one_is_told_to_wait_and_keeps_her_text(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "WAITING", 0.01)
    turns = [checked._turns.acquire(timeout=1) for _ in range(checked.AT_ONCE)]
    try:
        answer = reader.post("/claims/", {"text": TEXT})
    finally:
        for _ in turns:
            checked._turns.release()
    assert answer.status_code == 503
    assert TEXT in html.unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_empty_page_shows_one_checked_paragraph_in_every_language(reader: Client, language: str) -> None:
    reader.cookies["lang"] = language
    answer = reader.get("/claims/")
    said = answer.content.decode()
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "public, max-age=60"
    assert said.count('<div class="speech"') == 1 and 'name="text"' in said
    assert all(f'class="{mark}"' in said for mark in ("v", "v v-no", "v v-if", "v v-ask"))


def test_the_api_says_what_the_command_says(reader: Client) -> None:
    answer = reader.post("/api/claims/check", {"text": TEXT, "say": "ru"}, content_type="application/json")
    told: dict[str, Any] = answer.json()
    assert answer.status_code == 200
    assert [TEXT[each["start"] : each["end"]] for each in told["figures"]] == ["600", "420", "65 %", "69"]
    (verdict,) = (each for each in told["verdicts"] if 0 in each["figures"])
    assert (verdict["figures"], verdict["verdict"]) == ([0, 1, 2], "cannot_hold")
    again = {"text": TEXT, "reading": told["reading"].replace("low = 65\nhigh = 65", "low = 70\nhigh = 70")}
    mended = reader.post("/api/claims/check", again, content_type="application/json").json()
    assert "holds" in {each["verdict"] for each in mended["verdicts"]}


@pytest.mark.parametrize("sent", [{}, {"text": 7}, {"text": "x", "colour": 1}, {"text": "x", "reading": "= no"}])
def test_the_api_refuses_what_it_does_not_understand(reader: Client, sent: dict[str, object]) -> None:
    answer = reader.post("/api/claims/check", sent, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["title"]


def test_the_style_of_a_checked_text_is_small() -> None:
    assert (Path(qorgan.web.__file__).parent / "static/claims.css").stat().st_size < 6_000


ORDERS = "В 2024 году вынесено 80 тысяч защитных предписаний, годом ранее – более 87 тысяч."


def test_each_figure_is_held_against_what_is_on_record(reader: Client) -> None:
    shown = page(reader, text=ORDERS)
    record = shown.split('id="record"')[1].replace("–", "-").replace("\u00a0", " ")
    assert "Differs from the record" in record
    assert "Differs from “Protective orders issued”. The record: 71 500-72 500 (2024; Republic of Kazakhstan)" in record
    assert "7 000-9 000 fewer." in record
    assert "The text names no place; the series is of the whole country." in record


def test_figures_of_which_nothing_is_on_record_are_named(reader: Client) -> None:
    assert "Nothing is on record for: 600; 420; 65 %; 69" in page(reader, text=TEXT).replace("Сейчас", "")


def test_the_api_says_what_is_on_record_and_by_which_data(reader: Client) -> None:
    sent = json.dumps({"text": ORDERS, "language": "ru", "say": "ru"})
    told = reader.post("/api/claims/check", sent, content_type="application/json").json()
    first = told["known"][0]
    assert (first["figure"], first["standing"], first["series"]) == (0, "differs", "protective_orders")
    assert first["by"] == [-9000, -7000]
    assert "Вынесенные защитные предписания" in first["sentence"]
    assert len(told["known_version"]) == 12


def test_without_the_database_the_series_of_the_country_still_answer(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("the server is away")

    monkeypatch.setattr("qorgan.releases.queries.standing", away)
    assert "Differs from the record" in page(reader, text=ORDERS)
