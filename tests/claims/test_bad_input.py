"""What the room of claims does with what it cannot answer: a clear word and no invention, clause by clause."""

import json
import time
from decimal import Decimal

import pytest
from django.utils import translation

from qorgan.claims import checked
from qorgan.claims.checked import Checked
from qorgan.claims.engine import exact, solver
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.grammar import Note, Voice
from qorgan.claims.engine.statement import Thing
from qorgan.claims.rules import NoFigures
from tests.claims.made import Text


def check(text: str, language: str = "ru") -> Checked:
    return checked.check(text, language=language)


def verdicts(found: Checked) -> set[Verdict]:
    return {group.verdict for group in found.judged.groups}


def voices(found: Checked) -> list[Voice]:
    return [figure.voice for sentence in found.sentences for figure in sentence.figures]


@pytest.mark.parametrize("text", ["Ешкім келмеді.", "Отчёт не опубликован.", " \n\t", "…!?"])
def test_text_without_figures_makes_no_claim(text: str) -> None:
    found = check(text)
    assert not found.claim.figures and not found.judged.groups and found.read_to is None


@pytest.mark.parametrize(
    "text",
    [
        "Министрлік есебі: 2031 жылғы 4 мамыр, 12.05.2024, сағат 10:30.",
        "Заседание назначено на 9 декабря 2025 года в 10:30, прошлое было 1.12.2025.",
        "Закон действует с 16 июня 2024 года по 2 марта 2026 года.",
    ],
)
def test_text_of_dates_only_makes_no_claim(text: str) -> None:
    found = check(text)
    assert not found.claim.figures
    assert {one.reason for sentence in found.sentences for one in sentence.passed} <= {"date", "time", "period"}


@pytest.mark.parametrize(("language", "words"), [("kk", "цифр жоқ"), ("ru", "нет цифр"), ("en", "no figures")])
def test_no_figures_is_one_sentence_and_what_does_not_count_another(language: str, words: str) -> None:
    with translation.override(language):
        said = str(NoFigures())
    assert said.count(".") == 2 and words in said


def test_table_in_a_text_gives_its_cells_and_ties_none_of_them() -> None:
    found = check("Регион\t2023\t2024\nАбай\t120\t90\nАстана\t300\t410")
    assert [int(figure.low or 0) for figure in found.claim.figures] == [120, 90, 300, 410]
    assert verdicts(found) == {Verdict.NOT_ENOUGH_SAID}


def test_kazakh_in_latin_letters_is_named_and_what_stands_beside_it_is_read() -> None:
    found = check("Орталыққа 120 адам келді. Ortalyqqa bıyl 1 310 ótinish tústi. В центр пришли 45 детей.", "kk")
    assert [int(figure.low or 0) for figure in found.claim.figures] == [120, 45]
    assert [remark.code for sentence in found.sentences for remark in sentence.remarks] == [Note.LATIN]


def test_two_languages_in_one_sentence_are_read_each_by_its_own_words() -> None:
    found = check("«За год поступило более 3 тыс. жалоб», – деді өкіл, оның 420-сы әйелдерден.", "kk")
    figures = [figure for sentence in found.sentences for figure in sentence.figures]
    assert [(figure.text, figure.approximation, figure.part_of) for figure in figures] == [
        ("3 тыс.", "more_than", None),
        ("420-сы", "exact", 0),
    ]


def test_mocked_figure_belongs_to_the_mocker_and_not_to_the_ministry() -> None:
    mocked, said = voices(check("«Снизилось в 200 раз!» — съязвила депутат. По данным МВД, снизилось на 2 %."))
    assert (mocked.speaker, mocked.quoted) == ("депутат", True)
    assert (said.speaker, said.quoted) == ("МВД", False)


def test_quotation_inside_a_quotation_is_a_quotation() -> None:
    (voice,) = voices(check("«Говорят: „таких случаев 40“», — рассказала прокурор."))
    assert voice.quoted


def test_mother_and_police_are_two_voices_and_what_they_say_is_no_finding() -> None:
    """Finding 11 of the reference: two claims with two sources, kept apart and held against nothing."""
    text = "По словам матери, девочку трёх лет изнасиловали двое. «Следов насилия нет», — сообщила полиция города."
    found = check(text)
    (voice,) = voices(found)
    assert (voice.speaker, voice.denied) == ("матери", False)
    assert verdicts(found) == {Verdict.NOT_ENOUGH_SAID}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("В группе 300 детей, из них 400 девочек.", Verdict.CANNOT_HOLD),
        ("300 баланың 400-і қыз.", Verdict.CANNOT_HOLD),
        ("Из 300 женщин 200 вернулись, а 150 уехали.", Verdict.HOLDS_ONLY_IF),
    ],
)
def test_parts_that_contradict_their_whole_are_answered_and_not_mended(text: str, verdict: Verdict) -> None:
    assert verdicts(check(text)) == {verdict}


@pytest.mark.parametrize("digits", ["7" * 990_000, "1 000 " * 150_000, "0," + "3" * 990_000])
def test_number_of_a_million_digits_is_no_figure_and_takes_no_time(digits: str) -> None:
    begun = time.perf_counter()
    found = checked.check(f"Барлығы {digits} адам.", language="kk")
    assert not [figure for figure in found.claim.figures if figure.low is not None and figure.low > Decimal(10) ** 24]
    assert time.perf_counter() - begun < 60


def test_system_without_a_solution_names_the_smallest_set_that_conflicts() -> None:
    text = Text(Thing(id="all"), Thing(id="part", of="all")).level("all", 100).level("part", 120)
    assert {answer.verdict for answer in text.answers} == {Verdict.CANNOT_HOLD}
    assert all(set(answer.conflict) == {"s0", "s1"} for answer in text.answers)


def test_system_without_bounds_says_too_little_and_no_number() -> None:
    answers = Text(Thing(id="all"), Thing(id="part", of="all")).fell("part", 40).answers
    assert {answer.verdict for answer in answers} == {Verdict.NOT_ENOUGH_SAID}
    assert not any(answer.conditions for answer in answers)


def test_solver_that_runs_out_of_time_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "STEPS", 0)
    text = Text(Thing(id="all"), Thing(id="part", of="all")).level("all", 100).level("part", 120)
    assert {answer.verdict for answer in solver.check(text.claim)} == {Verdict.UNDECIDED}


def test_answer_of_every_bad_input_can_be_written_as_json() -> None:
    for text in ("", "2024", "Ortalyq 12 adam bar, onyń 5-i.", "9" * 5000, "300 детей, из них 400"):
        found = check(text)
        json.dumps([figure.as_dict() for sentence in found.sentences for figure in sentence.figures])
