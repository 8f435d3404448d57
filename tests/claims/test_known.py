"""Figures beside what is on record: the conflicts appear, the innocent ones do not, two sets are never one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from qorgan.base import country
from qorgan.claims import recorded
from qorgan.claims.engine import from_text, grammar, groups
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.known import Comparison, Known, Span, Standing, boxes, compare, reading
from qorgan.claims.engine.known.comparing import FORBIDS, Why, standing
from qorgan.claims.engine.known.periods import periods
from qorgan.releases.engine import verify


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def beside(text: str, *, known: Known | None = None, on: date | None = None) -> list[tuple[Comparison, ...]]:
    """What is on record of each figure of a text."""
    sentences = grammar.read(text)
    claim = from_text.claim(sentences)
    found = compare(claim, sentences, known or reading.known(), on=on)
    return [found.get(figure.id, ()) for figure in claim.figures]


def the_first(text: str, **more: date) -> tuple[Comparison, ...]:
    """Of its first figure."""
    return beside(text, **more)[0]  # type: ignore[arg-type]  # only a day is handed on


def whys(found: Comparison) -> set[Why]:
    return {each.why for each in found.remarks}


def of(found: tuple[Comparison, ...], series: str) -> Comparison:
    """The comparison with one series."""
    return next(each for each in found if each.series.code == series)


def test_total_of_five_years_that_its_years_do_not_add_up_to_differs_by_twenty_nine() -> None:
    found = the_first("За 2013–2017 годы зарегистрировано 964 изнасилования несовершеннолетних.")
    told = of(found, "rapes_of_minors")
    assert (told.standing, told.by) == (Standing.DIFFERS, (-29, -29))
    assert len(told.values) == 5
    assert "29 fewer" in recorded.told(told, reading.known()).sentence


def test_fall_that_is_called_half_and_was_a_third_differs() -> None:
    found = of(the_first("В 2014 году число изнасилований детей сократилось вдвое."), "rapes_of_minors")
    assert found.standing is Standing.DIFFERS
    assert "fell by 34.5%" in recorded.told(found, reading.known()).sentence.replace("\u00a0", " ")


def test_two_counts_of_one_year_by_one_publisher_are_two_sets() -> None:
    found = the_first("В 2017 году пострадал от изнасилования 281 ребёнок.")
    assert of(found, "children_raped").standing is Standing.AGREES
    other = of(found, "rapes_of_minors")
    assert other.standing is Standing.NOT_COMPARABLE
    assert Why.COUNTS in whys(other)
    assert "the text counts children, the series counts rapes" in recorded.told(other, reading.known()).sentence


def test_half_and_its_smaller_parts_are_no_conflict() -> None:
    text = "Преступлений против женщин стало вдвое меньше, а именно насильственных – на 37,9 % меньше."
    judged = groups.judge(from_text.claim(grammar.read(text)))
    assert Verdict.CANNOT_HOLD not in {group.verdict for group in judged.groups}
    assert not any(each.standing is Standing.DIFFERS for found in beside(text) for each in found)


def test_fewer_orders_than_a_year_before_are_no_conflict() -> None:
    found = of(the_first("2024 жылы 72 мың қорғау нұсқамасы берілді."), "protective_orders")
    assert found.standing is Standing.AGREES
    assert not whys(found) & FORBIDS


def test_growth_that_leaves_too_little_for_the_rest_of_the_year_before_is_named_and_is_no_conflict() -> None:
    found = of(
        the_first("За девять месяцев 2025 года вынесено 70 тысяч защитных предписаний (+5 %)."), "protective_orders"
    )
    assert found.standing is Standing.AGREES
    (doubt,) = [each for each in found.remarks if each.why is Why.LEAVES]
    assert doubt.words["months"] == "3"
    assert 5000 < int(doubt.words["left"]) < 6500


def test_growth_that_leaves_what_is_usual_is_not_doubted() -> None:
    found = of(
        the_first("За девять месяцев 2025 года вынесено 70 тысяч защитных предписаний (+30 %)."), "protective_orders"
    )
    assert Why.LEAVES not in whys(found)


def test_appeals_in_the_book_and_messages_to_the_police_are_different_objects() -> None:
    text = "За 8 месяцев 2025 года поступило 43 147 обращений о бытовом насилии, на 18,6 % меньше, чем годом ранее"
    level, change, *_earlier = beside(f"{text} (53 038).")
    assert [each.series.code for each in level if each.standing is Standing.AGREES] == ["domestic_appeals_recorded"]
    assert of(change, "domestic_appeals_recorded").standing is Standing.AGREES
    assert not any(each.standing is Standing.DIFFERS for each in (*level, *change))


def test_every_twelfth_call_without_a_period_is_compared_with_nothing() -> None:
    text = "Түскен 19–25 мың қоңыраудың 200-ге жуығы бала құқығы туралы. Әрбір 12-қоңырау – балаға қатыгездік."
    assert not any(each.standing in {Standing.AGREES, Standing.DIFFERS} for found in beside(text) for each in found)


def test_decisions_on_cases_are_not_arrests_and_cases_are_not_decisions() -> None:
    (arrests,) = beside("2024 жылы 16 мың адам қамаққа алынды.")
    assert arrests == ()
    cases = of(the_first("2024 жылы 16 мың іс бойынша сот шешімі шықты."), "court_decisions")
    assert cases.standing is Standing.NOT_COMPARABLE
    assert Why.COUNTS in whys(cases)


def test_parts_that_add_up_are_no_conflict() -> None:
    text = "На линию поступило 110 999 обращений: 108 987 через приложение и 2 012 звонков."
    judged = groups.judge(from_text.claim(grammar.read(text)))
    assert Verdict.CANNOT_HOLD not in {group.verdict for group in judged.groups}


def test_counts_credited_to_another_committee_are_told_who_keeps_them() -> None:
    said = "По данным Комитета уголовно-исполнительной системы, за 8 месяцев 2025 года поступило 43 147 обращений"
    found = of(the_first(f"{said} о бытовом насилии."), "domestic_appeals_recorded")
    assert Why.SPEAKER in whys(found)
    beside_it = " ".join(recorded.told(found, reading.known()).beside)
    assert "Committee of the criminal-executive system" in beside_it
    assert "kept by Committee on Legal Statistics" in beside_it


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Защитных предписаний вынесено 72 тысячи.", Why.PERIOD_NOT_SAID),
        ("В 2022 году вынесено 72 тысячи защитных предписаний.", Why.PERIOD),
        ("В Павлодарской области в 2024 году вынесено 3 тысячи защитных предписаний.", Why.PLACE),
        ("В 2024 году в Шымкенте и Павлодаре вынесено 3 тысячи защитных предписаний.", Why.PLACES),
        ("В 2020 году вынесено 37 тысяч защитных предписаний.", Why.OPEN_END),
        ("В 2023 году доля защитных предписаний составила 40 %.", Why.UNIT),
        ("2022 жылы Шығыс Қазақстан облысында балаларға қарсы қылмыс 10 %-ға өсті.", Why.BORDERS),
        ("В январе–октябре 2022 года преступлений против детей стало на 10 % больше.", Why.BASE),
    ],
)
def test_what_is_not_the_same_forbids_the_comparison_and_is_named(text: str, why: Why) -> None:
    found = the_first(text)
    assert found and all(each.standing is Standing.NOT_COMPARABLE for each in found)
    assert why in whys(found[0])
    said = recorded.told(found[0], reading.known()).sentence
    assert said.startswith("Not comparable with") and "%(" not in said


def test_what_the_text_does_not_say_is_named_beside_an_agreement() -> None:
    found = of(the_first("В 2023 году вынесено более 87 тысяч защитных предписаний."), "protective_orders")
    assert found.standing is Standing.AGREES
    assert Why.PLACE_NOT_SAID in whys(found)
    named = of(the_first("В 2023 году в Казахстане вынесено 87 500 защитных предписаний."), "protective_orders")
    assert Why.PLACE_NOT_SAID not in whys(named)


def test_rounding_of_both_sides_is_in_the_difference() -> None:
    found = of(the_first("В 2024 году вынесено 80 тысяч защитных предписаний."), "protective_orders")
    assert found.standing is Standing.DIFFERS
    assert found.by == (-9000, -7000)


def test_data_that_are_younger_than_the_text_say_so() -> None:
    text = "За 8 месяцев 2025 года поступило 43 147 обращений о бытовом насилии."
    assert Why.LATER in whys(of(the_first(text, on=date(2025, 9, 20)), "domestic_appeals_recorded"))
    assert Why.LATER not in whys(of(the_first(text, on=date(2025, 10, 20)), "domestic_appeals_recorded"))


def test_part_of_another_figure_is_not_held_against_the_whole() -> None:
    text = "В 2024 году вынесено 72 тысячи защитных предписаний, из них 20 тысяч защитных предписаний – женщинам."
    _whole, part = beside(text)
    assert all(each.standing is Standing.NOT_COMPARABLE for each in part)
    assert Why.PART in whys(part[0])


def test_mended_period_is_taken_for_what_the_sentence_does_not_say() -> None:
    sentences = grammar.read("Защитных предписаний вынесено 72 тысячи.")
    claim = from_text.claim(sentences)
    mended = replace(claim, figures=(replace(claim.figures[0], period="2024 год"),))
    (found,) = compare(mended, sentences, reading.known()).values()
    assert of(found, "protective_orders").standing is Standing.AGREES


def box() -> Known:
    """The release that comes with the program as the only thing on record."""
    opened = verify.opened(country.boxes()[0].read_bytes())
    return Known(boxes.series(opened.manifest, opened.files))


def test_release_of_ours_is_a_series_for_the_country_and_each_region() -> None:
    own = box()
    ((found, *_others),) = beside("2024 жылы 72 000 қорғау нұсқамасы шығарылды.", known=own)
    assert (found.standing, found.series.release, found.by) == (Standing.AGREES, "2024-1", (-500, 500))
    orders = next(each for each in own.series if each.code == "orders_issued")
    there = next(each for each in orders.values if each.territory == 79)
    assert there.low is not None
    ((found, *_others),) = beside(f"Шымкентте 2024 жылы {int(there.low) + 3} қорғау нұсқамасы шығарылды.", known=own)
    assert (found.standing, found.by) == (Standing.DIFFERS, (-3, -3))


def test_made_up_data_say_so_and_do_not_contradict_real_ones() -> None:
    both = Known((*reading.known().series, *box().series), reading.known().publishers)
    ((*found,),) = beside("2024 жылы 72 400 қорғау нұсқамасы шығарылды.", known=both)
    made_up = next(each for each in found if each.series.is_made_up)
    assert made_up.standing is Standing.AGREES or Why.MADE_UP in whys(made_up)
    assert standing(found) is Standing.AGREES


def test_release_of_ours_is_named_in_the_language_of_the_reader() -> None:
    own = box()
    ((found, *_others),) = beside("2024 жылы 72 000 қорғау нұсқамасы шығарылды.", known=own)
    for language, word in (("kk", "2024-1 шығарылымы"), ("ru", "выпуск 2024-1"), ("en", "release 2024-1")):
        with translation.override(language):
            assert word in recorded.told(found, own).sentence


def test_small_count_that_is_not_given_is_compared_with_nothing() -> None:
    own = box()
    hidden = [(series, value) for series in own.series for value in series.values if value.low is None] or [
        (own.series[0], replace(own.series[0].values[1], low=None, high=None))
    ]
    series, value = hidden[0]
    orders = next(each for each in own.series if each.code == "orders_issued")
    shut = replace(orders, values=tuple(replace(each, low=None, high=None) for each in orders.values))
    ((found, *_others),) = beside("2024 жылы 72 000 қорғау нұсқамасы шығарылды.", known=Known((shut,)))
    assert found.standing is Standing.NOT_COMPARABLE
    assert Why.NOT_GIVEN in whys(found)
    assert value.low is None and series


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2024 жылы", ("2024-01-01", "2024-12-31")),
        ("в 2024 году", ("2024-01-01", "2024-12-31")),
        ("за 8 месяцев 2025 года", ("2025-01-01", "2025-08-31")),
        ("2025 жылдың 8 айында", ("2025-01-01", "2025-08-31")),
        ("за девять месяцев 2025 года", ("2025-01-01", "2025-09-30")),
        ("в январе-октябре 2025 года", ("2025-01-01", "2025-10-31")),
        ("2025 жылдың қаңтар-қазан айларында", ("2025-01-01", "2025-10-31")),
        ("2013–2017 жылдары", ("2013-01-01", "2017-12-31")),
        ("в первом полугодии 2024 года", ("2024-01-01", "2024-06-30")),
        ("2024 жылдың үшінші тоқсанында", ("2024-07-01", "2024-09-30")),
        ("в феврале 2024 года", ("2024-02-01", "2024-02-29")),
        ("6 ноября 2025 года", ("2025-11-06", "2025-11-06")),
        ("2025 жылғы 6 қараша", ("2025-11-06", "2025-11-06")),
        ("2024 обращения", None),
        ("за 8 месяцев", None),
        ("в прошлом году", None),
    ],
)
def test_period_is_read_as_it_is_said_and_never_filled_in(text: str, span: tuple[str, str] | None) -> None:
    from qorgan.claims.engine.grammar import lexicon
    from qorgan.claims.engine.grammar.tokens import tokens

    found = periods(tokens(text), reading.words()[0], lexicon.load())
    wanted = () if span is None else (Span(*map(date.fromisoformat, span)),)
    assert tuple(each.span for each in found) == wanted


def test_series_of_the_country_are_whole_and_name_their_source() -> None:
    known = reading.known()
    assert len(known.series) >= 15
    codes = [each.code for each in known.series]
    assert len(codes) == len(set(codes))
    publishers = {each.code for each in known.publishers}
    counts = country.toml("series/words.toml")["counts"]
    for series in known.series:
        assert set(series.name) == {"kk", "ru", "en"}
        assert series.publisher in {"", *publishers}
        assert series.counts in {"", *counts}
        for value in series.values:
            assert value.source and value.confidence, series.code
            assert isinstance(value.low, Decimal)
    nouns = {each["code"] for each in country.toml("claims/grammar/nouns.toml")["noun"]}
    assert nouns <= counts.keys()


def test_country_without_series_has_nothing_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    assert reading.known() == Known()
