"""The children's door speaks to a child of ten: short sentences, as to a friend, on every page, in each language."""

import html
import re
from base64 import b64decode
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.queries import door as queries
from qorgan.web.door import child, crowds, limits, sendings
from qorgan.web.door.sendings import Sending
from tests.conftest import actor
from tests.door.conftest import behind

Take = Callable[[], list[Report]]
LANGUAGES = ("kk", "ru", "en")
MOST_WORDS = 10
SAID = ({"chosen": "scares"}, {"chosen": "home"}, {"text": "мен қорқамын"}, {"region": "79", "text": "Еңбекші ауданы"})
# How a stranger is addressed: verbs and nouns in Kazakh, pronouns and verbs in Russian.
FORMAL = {
    "kk": r"\b(сіз\w*|\w+(?:ыңыз|іңіз|ңыз|ңіз)\w*)\b",
    "ru": r"\b(вы|вас|вам|вами|ваш\w*|\w+(?:йте|ите))\b",
}


def shown(page: str) -> str:
    """What a child reads: the main part, without regions, a code of any words, and what all pages of the demo say."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main is not None
    text = re.sub(
        r'<option.*?</option>|<p class="code">.*?</p>|<p class="sub">[^<]*</p>\s*</main>',
        "",
        main.group(),
        flags=re.DOTALL,
    )
    return html.unescape(text)


def code_of(page: str) -> str:
    found = re.search(r'class="code">([^<]+)<', page)
    assert found is not None
    return found.group(1)


@pytest.fixture
def pages(visitor: Client, taken_in: Take) -> Callable[[str], list[str]]:
    """Every page that a child can come to, in a language."""

    def walk(language: str) -> list[str]:
        visitor.cookies["lang"] = language
        found = []

        def see(answer: object) -> None:
            found.append(answer.content.decode())  # type: ignore[attr-defined]  # the client's response

        for number, said in enumerate(SAID, start=1):
            see(visitor.get(f"/q/{number}/"))
            visitor.post(f"/q/{number}/", said)
        see(visitor.get("/q/5/"))
        see(visitor.post("/q/5/", {"text": "8" * 1_100}))  # too long
        see(visitor.post("/q/5/", {"text": "", "site": "x"}))  # asked for the sum
        assert visitor.post("/q/5/", {"text": ""}).status_code == 303
        see(visitor.get("/sent/"))
        code = code_of(found[-1])
        visitor.post("/sent/", {"word": "тасбақа", "days": "7"})
        see(visitor.get("/sent/"))
        see(visitor.get("/again/"))
        see(visitor.post("/again/", {"code": "алма", "word": ""}))
        see(visitor.post("/again/", {"code": code, "word": "тасбақа"}))
        [report] = taken_in()
        with behind(Process.STAFF), acting(actor("head")):
            now = report.received_at
            actions.answer(report_id=report.id, words="Ертең кел.", by=actor("head"), now=now)
        see(visitor.post("/again/", {"code": code, "word": "тасбақа"}))
        see(visitor.post("/again/", {"code": code, "word": "тасбақа", "destroy": "1"}))
        see(visitor.get("/sent/"))
        return found

    return walk


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_for_a_child_is_longer_than_ten_words_and_none_is_formal(
    pages: Callable[[str], list[str]], language: str
) -> None:
    long, formal = [], []
    for page in pages(language):
        text = shown(page)
        for sentence in re.split(r"[.!?:]\s|<[^>]+>", text):
            words = re.findall(r"[\w’-]+", sentence)
            long += [sentence.strip()] if len(words) > MOST_WORDS else []
        plain = re.sub(r"<[^>]+>", " ", text)
        formal += re.findall(FORMAL.get(language, "(?!)"), plain, re.IGNORECASE)
    assert (long, formal) == ([], [])


def test_a_child_who_sends_too_often_is_told_so_in_a_childs_words(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENDINGS", 0)
    monkeypatch.setattr(crowds, "FREE", 9)
    visitor.cookies["lang"] = "en"
    answer = visitor.post("/q/1/", {"chosen": "hits"})
    assert answer.status_code == 429
    assert "Too much came from here." in answer.content.decode()


def test_a_child_reads_the_answer_by_the_code_on_the_same_kind_of_page(visitor: Client, taken_in: Take) -> None:
    for number, said in enumerate((*SAID, {"text": ""}), start=1):
        visitor.post(f"/q/{number}/", said)
    code = code_of(visitor.get("/sent/").content.decode())
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("head")):
        actions.answer(report_id=report.id, words="Ертең кел.", by=actor("head"), now=report.received_at)
    page = visitor.post("/again/", {"code": code, "word": ""}).content.decode()
    assert "Ертең кел." in page
    assert "The answer for you" in page
    assert "мен қорқамын" not in page


def test_what_was_answered_before_the_database_went_away_is_handed_in_with_the_rest(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, said in enumerate(SAID[:2], start=1):
        visitor.post(f"/q/{number}/", said)
    page = visitor.get("/q/3/").content.decode()
    told: list[actions.Told] = []

    def away(*_asked: object, **_named: object) -> None:
        raise OperationalError

    def kept(one: actions.Told, sending: Sending) -> Sending:
        told.append(one)
        return sending

    monkeypatch.setattr(queries, "answers", away)
    monkeypatch.setattr(child, "keep", kept)
    for number, said in enumerate((*SAID[2:], {"text": ""}), start=3):
        held = re.search(r'name="held" value="([^"]+)"', page)
        assert held is not None
        answer = visitor.post(f"/q/{number}/", {**said, "held": held.group(1)})
        page = answer.content.decode()
        assert "мен қорқамын" not in page
    assert answer.status_code == 303
    assert (told[0].narrative, told[0].place, told[0].region) == ("мен қорқамын", "Еңбекші ауданы", 79)
    assert [line.partition("?")[0] for line in told[0].lines] == ["What is happening", "Who does it"]


def test_answers_of_another_browser_are_not_taken_over(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.post("/q/1/", SAID[0])
    held = re.search(r'name="held" value="([^"]+)"', visitor.get("/q/2/").content.decode())
    assert held is not None
    other = Client()
    other.post("/q/1/", {})
    other.post("/q/2/", {"held": held.group(1)})
    after = re.search(r'name="held" value="([^"]+)"', other.get("/q/3/").content.decode())
    assert after is not None
    sending = sendings.read(other.cookies[sendings.cookie()].value, within=60)
    assert sending is not None
    assert queries.opened_answers(sending.name, b64decode(after.group(1))) == {"what": "", "who": ""}
