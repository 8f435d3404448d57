import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.base import country
from qorgan.releases.charts import Cell, Point, Series, Tile, bars, drawing, lines, steps, tilemap

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = tuple(Point(label, value) for label, value in (("қаң", 7821), ("ақп", 7402), ("нау", 8013)))
SAID = {"title": "Айлар бойынша хабарлама", "description": "Қаңтарда 7 821 <ең аз: ақпан>", "lang": "kk"}


def tiles(lang="kk"):
    found = (Tile.from_row(row, lang) for row in country.rows("places/regions.csv"))
    return [tile for tile in found if tile]


def the_map(cells=None, **said):
    places = tiles()
    cells = cells if cells is not None else {tile.key: Cell(59 + at) for at, tile in enumerate(places)}
    return tilemap(cells, places, **(SAID | said))


def drawn():
    last_year = Series("2025", tuple(Point(point.label, point.value + 90) for point in MONTHS))
    return [bars(MONTHS, **SAID), lines([Series("2026", MONTHS), last_year], **SAID), the_map()]


def fills(svg):
    return [path.get("fill") for path in ET.fromstring(svg).iter(f"{SVG}path")]


def test_the_same_figures_give_the_same_bytes_whatever_was_drawn_or_set_before():
    import matplotlib as mpl

    first = drawn()
    with mpl.rc_context({"font.size": 30, "svg.hashsalt": "else", "axes.facecolor": "red"}):
        assert drawn() == first


def test_a_drawing_can_be_listened_to():
    for svg in drawn():
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        assert root.get("lang") == "kk"
        assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert root.findtext(f"{SVG}title") == SAID["title"]
        assert root.findtext(f"{SVG}desc") == SAID["description"]


def test_a_drawing_needs_no_font_style_script_or_place_outside_itself():
    for svg in drawn():
        root = ET.fromstring(svg)
        assert not {element.tag.removeprefix(SVG) for element in root.iter()} & {
            "text",
            "style",
            "script",
            "image",
            "metadata",
        }
        assert not [element for element in root.iter() if element.get("style")]
        links = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
        assert all(link.startswith("#") for link in links)
        assert b"http" not in svg.replace(b"http://www.w3.org/", b"")


def test_only_colours_of_the_look_are_used():
    allowed = {
        drawing.GROUND, drawing.INK, drawing.QUIET, drawing.LINE, drawing.EDGE, drawing.LAKE, *drawing.STEPS,
        "#ffffff", "none",
    }  # fmt: skip
    for svg in drawn():
        used = {element.get(name) for element in ET.fromstring(svg).iter() for name in ("fill", "stroke")} - {None}
        assert {colour for colour in used if not colour.startswith("url(")} <= allowed


def test_every_region_of_the_country_has_one_tile_and_no_two_share_a_place():
    places = tiles()
    assert len(places) == 20
    assert len({(tile.row, tile.column) for tile in places}) == 20
    assert sum(tile.is_city for tile in places) == 3


def test_a_hidden_region_is_hatched_and_its_figure_is_nowhere_in_the_file():
    places = tiles()
    shown = {tile.key: Cell(60) for tile in places}
    hidden = shown | {places[3].key: Cell(None, "1–4")}
    plain, hatched = the_map(shown), the_map(hidden)
    assert b"<pattern" not in plain
    assert hatched.count(b"<pattern") == 1
    assert fills(hatched).count(drawing.STEPS[1]) == fills(plain).count(drawing.STEPS[1]) - 1


def test_a_map_is_drawn_also_where_nothing_may_be_shown_or_all_is_equal():
    assert ET.fromstring(the_map({})) is not None
    assert fills(the_map({tile.key: Cell(0) for tile in tiles()})).count(drawing.STEPS[1]) == 21
    with pytest.raises(ValueError, match="nothing"):
        tilemap({}, [], **SAID)


def test_ranges_are_of_equal_width_and_hold_every_figure():
    assert steps([59, 64, 70, 81]) == (64, 70, 76, 81)
    assert steps([5]) == (5,)
    assert steps([]) == ()
    assert steps([Decimal("1.5"), Decimal("2.5")]) == (Decimal("2.0"), Decimal("2.5"))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_ranges_rise_end_at_the_greatest_figure_and_leave_none_out(values):
    bounds = steps(values)
    assert list(bounds) == sorted(set(bounds))
    assert bounds[-1] == max(values)
    assert 1 <= len(bounds) <= 4
    assert all(any(value <= bound for bound in bounds) for value in values)


def test_a_missing_month_is_hatched_and_nothing_at_all_is_refused():
    svg = bars((*MONTHS, Point("сәу", None, "жоқ")), **SAID)
    assert b"<pattern" in svg
    assert ET.fromstring(bars((Point("қаң", 0),), **SAID)) is not None
    with pytest.raises(ValueError, match="nothing"):
        bars((), **SAID)
    with pytest.raises(ValueError, match="same labels"):
        lines([Series("a", MONTHS), Series("b", MONTHS[:2])], **SAID)


def test_a_dollar_sign_in_a_name_is_a_dollar_sign():
    assert ET.fromstring(bars((Point("$x^2$ \\frac", 3), Point("<&>", 4)), **SAID)) is not None


def test_the_map_of_another_country_needs_its_data_only(monkeypatch):
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    places = tiles("eo")
    assert len(places) == 2
    svg = tilemap({places[0].key: Cell(12), places[1].key: Cell(30)}, places, **(SAID | {"lang": "eo"}))
    assert ET.fromstring(svg).get("lang") == "eo"
