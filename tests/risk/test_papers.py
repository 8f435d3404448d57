"""An assessment on paper, read back: its result, provisions and answers, in two languages, marked for what it is."""

import io

import pypdf
import pytest

from qorgan.base.journal.read import opened
from qorgan.base.scope import Actor
from qorgan.risk import actions
from qorgan.risk.models import Assessment
from tests import factories
from tests.risk import made
from tests.web.pages import an_hour_ago, signed_in


def _assessed(owner: Actor) -> Assessment:
    at, case = an_hour_ago(), factories.case(by=owner, now=an_hour_ago())
    gate = made.Gate(is_safe=True, his_place="гаражда", children_place="әжесінде")
    return made.assessed("choked", by=owner, now=at, case=case, gate=gate)


def _read(held: Assessment, language: str) -> str:
    answer = signed_in("inspector").get(f"/risk/{held.id}/{language}.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "kk",
            ("Өз саралауымыз, тексерілмеген", "Қауіп төніп тұр", "Басшыға хабарлау мерзімі", "Ол сізді қылқындырды"),
        ),
        ("ru", ("Собственная первичная оценка, не проверена", "Опасность непосредственная", "Он душил вас")),
    ],
)
def test_an_assessment_is_printed_with_its_provisions_and_marked_as_not_validated(
    owner: Actor, language: str, said: tuple[str, ...]
) -> None:
    held = _assessed(owner)
    text = _read(held, language)
    for words in (*said, held.case.number, held.content_hash):
        assert words in text


def test_its_paper_tells_nobody_where_anyone_is_or_who_she_is(owner: Actor) -> None:
    held = _assessed(owner)
    text = _read(held, "kk")
    for words in ("гаражда", "әжесінде", "Әбдірахманова", "Абдирахманова", "Сәрсенбаев"):
        assert words not in text


def test_a_lower_result_is_on_paper_only_when_two_agreed(owner: Actor) -> None:
    held = _assessed(owner)
    asked = actions.ask_lower(assessment=held, to="raised", why="ол қалада жоқ", by=owner, now=an_hour_ago())
    assert "Опасность непосредственная → Опасность повышена" not in _read(held, "ru")
    signed_in("head").post(f"/risk/lowerings/{asked.id}/", {"seen": "1", "decision": "agree"})
    assert "Опасность непосредственная → Опасность повышена" in _read(held, "ru")


def test_printing_is_a_look_and_the_page_leads_to_it(owner: Actor) -> None:
    held = _assessed(owner)
    page = signed_in("inspector").get(f"/risk/{held.id}/").content.decode()
    assert f"/risk/{held.id}/kk.pdf" in page
    _read(held, "kk")
    looks = opened(kind="web.assessment.seen", thing="assessment", thing_id=held.id, most=5)
    assert [look.detail.get("as") for look in looks] == ["paper", None]
    assert signed_in("inspector").get(f"/risk/{held.id}/en.pdf").status_code == 404
    assert signed_in("rudny").get(f"/risk/{held.id}/kk.pdf").status_code == 404
