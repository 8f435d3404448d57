"""The tags of the look, each as a page uses it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from qorgan.web.drawing import Mark, Tone, clockbar
from qorgan.web.style import samples
from qorgan.web.tiles import Blank, Tile, tile_map

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NB = "\u00a0"


def drawn(source: str, *, language: str = "kk", **context: Any) -> str:
    with translation.override(language):
        return Template(source).render(Context({"now": NOW, **context}))


def test_a_state_has_a_shape_a_word_and_a_colour() -> None:
    html = drawn("{% state 'late' 'Overdue' 2 %}")
    assert 'class="state late"' in html
    assert "#i-late" in html
    assert f"2{NB}Overdue" in html


def test_a_word_from_a_record_cannot_become_a_tag() -> None:
    assert "<b>" not in drawn("{% state 'due' word %}{% tag word %}{% key word %}", word="<b>x</b>")


def test_a_moment_is_written_on_the_clock_of_its_place() -> None:
    html = drawn("{% when at %}", at=NOW)
    assert "20.11.2026, 14:30" in html
    assert 'datetime="2026-11-20T09:30:00+00:00"' in html


def test_a_late_clock_says_first_how_late_it_is() -> None:
    due, since = NOW - timedelta(hours=27, minutes=48), NOW - timedelta(days=7)
    html = drawn("{% clock due since %}", due=due, since=since).replace(NB, " ")
    assert html.index("27 сағ 48 мин бұрын") < html.index("19.11.2026") < html.index("k-late")


def test_a_running_clock_shows_how_much_is_gone() -> None:
    html = drawn("{% clock due since %}", due=NOW + timedelta(hours=6), since=NOW - timedelta(hours=18))
    assert "6 сағ 0 мин қалды" in html.replace(NB, " ")
    assert 'class="k-due" width="75"' in html


def test_a_clock_without_a_term_says_that_none_is_on_record() -> None:
    assert "no term on record" in drawn("{% clock due %}", language="en", due=None)


def test_the_bar_of_an_order_has_a_mark_for_each_check_and_a_line_for_now() -> None:
    order = samples.order(NOW)
    html = drawn("{% clockbar o.start o.end o.marks 'x' %}", o=order)
    assert html.count("k-mark") == 2
    assert html.count("k-late") == 1
    assert html.count("k-now") == 1
    assert html.count('class="g7"') == 4


def test_the_bar_of_a_shorter_order_keeps_its_proportions() -> None:
    start = NOW - timedelta(days=25)
    marks = [Mark(start + timedelta(days=7 * n), f"{n}", Tone.DONE) for n in (1, 2)]
    bar = clockbar(start=start, end=start + timedelta(days=20), marks=marks, now=NOW)
    assert [tick.step for tick in bar.ticks] == [9, 9]
    assert bar.ended


def test_a_wrong_field_says_what_is_wrong_beside_itself_and_keeps_what_was_typed() -> None:
    html = drawn("{% errors f %}{% field f.born %}", language="en", f=samples.bad_form())
    assert 'value="1091"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_bad-born_err"' in html
    assert 'href="#id_bad-born"' in html


def test_choices_are_one_group_with_its_question() -> None:
    html = drawn("{% field f.uniform %}", f=samples.good_form())
    assert html.startswith("<fieldset")
    assert html.count('type="radio"') == 4


def test_a_field_that_may_stay_empty_says_so() -> None:
    class Form(forms.Form):
        note = forms.CharField(required=False)

    assert "optional" in drawn("{% field f.note %}", language="en", f=Form())


@pytest.mark.parametrize(("value", "text"), [(83412, f"83{NB}412"), (None, "\u2013"), (0, "0")])
def test_numbers_are_grouped_and_none_is_not_zero(value: int | None, text: str) -> None:
    assert drawn("{{ v|number }}", v=value) == text


def tile(value: int | None, *, col: int, blank: Blank | None = None) -> Tile:
    return Tile(col, 0, col, f"name {col}", f"n{col}", False, value, "" if value is None else str(value), blank)


def test_a_hidden_count_is_hatched_and_a_zero_is_a_zero() -> None:
    tiles = [tile(0, col=0), tile(None, col=1, blank=Blank.HIDDEN), tile(9, col=2), tile(None, col=3, blank=Blank.NONE)]
    html = drawn("{% include '_map.html' with title='x' %}", map=tile_map(tiles, write=str))
    assert html.count('fill="url(#hatch)"') == 1
    assert ">0</text>" in html
    assert ">*</text>" in html
    assert ">\u2013</text>" in html


def test_a_map_of_hidden_counts_only_has_no_scale() -> None:
    assert tile_map([tile(None, col=0, blank=Blank.HIDDEN)], write=str).steps == ()


def test_the_page_of_the_look_draws_every_component(db: None) -> None:
    from django.test import RequestFactory

    from qorgan.web.style.views import index

    for density in ("staff", "public"):
        request = RequestFactory().get("/style/", {"density": density})
        request.user = None  # type: ignore[assignment]  # drawn without anyone signed in
        request.resolver_match = None
        page = index(request).content.decode()
        assert f'<body class="{density}">' in page
        assert page.count("<svg") > 20
