"""Pages of the register of statements: who brings, who reads it otherwise, who publishes; what the public sees."""

import html
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from qorgan.base import clock
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.claims import actions, queries
from qorgan.claims.models import Statement, Step
from tests.claims import brought
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "text": brought.ORDERS,
    "language": "kk",
    "said_on": "20.01.2025",
    "speaker": "Министрлік",
    "relay": "",
    "address": "https://example.org/a",
}


@pytest.fixture
def held() -> Statement:
    return brought.statement(now=clock.now(), text=brought.OPEN, language="ru")


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


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def test_ombudsman_brings_a_statement_and_reads_what_was_found() -> None:
    client = signed_in("ombudsman")
    sent = client.post("/statements/new/", TYPED)
    assert sent.status_code == 303, sent.content.decode()[:2000]
    shown = text(client, sent.headers["Location"])
    assert "Agrees with “Protective orders issued”" in shown
    assert "Agrees with the record" in shown
    assert '<a class="v v-ask" href="#c1">72 мың' in shown
    assert "https://example.org/a" in shown and 'href="https://example.org/a"' not in shown
    assert "2024 жылы 72 мың" in text(client, "/statements/")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": ""}, "Put in the words of the statement"),
        ({"text": "2024 жылғы 5 мамырда жиын өтті."}, "There are no figures in this text"),
        ({"said_on": "жексенбі"}, "Write the day in digits"),
        ({"said_on": "01.01.2200"}, "in the future"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(typed: dict[str, str], words: str) -> None:
    client = signed_in("ombudsman")
    answer = client.post("/statements/new/", TYPED | typed)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert words in shown
    assert "Министрлік" in shown
    assert not Statement.objects.exists()


@pytest.mark.parametrize("login", ["inspector", "head", "prosecutor", "clerk", "admin"])
def test_others_see_no_register(login: str, held: Statement) -> None:
    client = signed_in(login)
    for address in ("/statements/", f"/statements/{held.pk}/", "/statements/new/", f"/statements/{held.pk}/read/"):
        assert client.get(address).status_code == 403, address


def test_reading_is_chosen_and_stands_in_the_list_of_checks(held: Statement) -> None:
    client = signed_in("statistician")
    shown = text(client, f"/statements/{held.pk}/read/")
    assert 'name="choice:parts:t1"' in shown
    sent = client.post(f"/statements/{held.pk}/read/", {"choice:parts:t1": "all", "reading": "", "seen": "1"})
    assert sent.status_code == 303
    shown = text(client, f"/statements/{held.pk}/")
    assert "read otherwise by a person" in shown
    assert "Holds only on a condition → cannot hold".lower() in shown.lower()
    earlier = text(client, f"/statements/{held.pk}/?check=1")
    assert "This is an earlier check." in earlier


def test_wrong_reading_is_shown_again_with_its_faults(held: Statement) -> None:
    answer = signed_in("ombudsman").post(f"/statements/{held.pk}/read/", {"reading": "colour = 1", "seen": "1"})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "This reading cannot be reckoned with:" in shown and "colour = 1" in shown


def test_form_that_was_overtaken_shows_both_texts(held: Statement) -> None:
    client = signed_in("ombudsman")
    by, now = actor("statistician"), clock.now()
    actions.correct(statement=held, said=brought.said(speaker="Комитет"), reason="бір", by=by, now=now)
    answer = client.post(f"/statements/{held.pk}/correct/", TYPED | {"reason": "екі", "seen": "1"})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Комитет" in shown and "Министрлік" in shown
    assert Step.objects.count() == 1


def test_second_person_publishes_and_everyone_reads_it_without_names(held: Statement, reader: Client) -> None:
    assert reader.get(f"/claims/statements/{held.pk}/").status_code == 404
    actions.publish(statement=held, by=actor("checker"), now=clock.now())
    shown = text(reader, f"/claims/statements/{held.pk}/")
    assert "Statements that were checked" in text(reader, "/claims/statements/")
    assert held.name not in shown and "6 %" in shown
    (listed,) = reader.get("/api/claims/statements").json()
    assert listed["id"] == str(held.pk) and listed["check"] == 1
    assert reader.get(f"/api/claims/statements/{held.pk}").json()["answer"]["figures"][0]["said"] == "6 %"


def test_withdrawn_statement_shows_the_public_its_reason_and_no_word_of_it(held: Statement, reader: Client) -> None:
    actions.publish(statement=held, by=actor("checker"), now=clock.now())
    actions.withdraw(statement=held, reason="Дәйексөз қате болды", by=actor("ombudsman"), now=clock.now())
    shown = text(reader, f"/claims/statements/{held.pk}/", 410)
    assert "Дәйексөз қате болды" in shown and "правонарушений" not in shown
    assert "правонарушений" not in text(reader, "/claims/statements/")
    told = reader.get(f"/api/claims/statements/{held.pk}").json()
    assert (told["text"], told["answer"]) == ("", {})


def test_later_release_changes_the_verdict_and_the_page_says_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = brought.statement(now=clock.now())
    brought.later_data(monkeypatch, orders=81_234)
    with as_process(Process.STATISTICS):
        for each in queries.behind(most=10):
            by = Actor(name="claims.again", role="system", purpose="statistics")
            actions.check_again(statement=each, by=by, now=clock.now() + timedelta(hours=1))
    shown = text(signed_in("press"), f"/statements/{held.pk}/")
    assert "checked again with new data" in shown
    assert "“72 мың”: agrees with the record → differs from the record" in shown
    assert "81 234" in shown


def test_text_of_a_statement_runs_no_script(reader: Client) -> None:
    held = brought.statement(now=clock.now(), text=f"<script>alert(1)</script> {brought.ORDERS}")
    actions.publish(statement=held, by=actor("checker"), now=clock.now())
    for address in ("/claims/statements/", f"/claims/statements/{held.pk}/"):
        assert "<script>alert" not in reader.get(address).content.decode()


def test_sentences_of_figures_that_belong_together_stand_once(held: Statement) -> None:
    shown = text(signed_in("ombudsman"), f"/statements/{held.pk}/")
    assert shown.count("These figures contradict nothing, but only if") <= 1
    assert shown.count('Reckoned together with <a href="#c1">6 %</a>.') == 2


def test_printed_statement_has_its_words_and_no_buttons(held: Statement) -> None:
    shown = signed_in("ombudsman").get(f"/statements/{held.pk}/").content.decode()
    assert '<p class="bar end noprint">' in shown
