"""State diagrams in the docs: every machine, in every language, drawn from the table that the rules obey."""

import xml.etree.ElementTree as ET
from enum import StrEnum
from pathlib import Path

from django.utils import translation

from qorgan.courts.terms import NEXT, DecisionState
from qorgan.orders.terms import TRANSITIONS, State
from qorgan.web import diagram
from tools import reference_pages, state_pictures

SVG = "{http://www.w3.org/2000/svg}"


class Light(StrEnum):
    """A light."""

    RED = "red"
    GREEN = "green"
    OFF = "off"


WAYS = {Light.RED: {Light.GREEN, Light.OFF}, Light.GREEN: {Light.RED, Light.OFF}, Light.OFF: set[Light]()}


def drawn(now: str = "", colours: diagram.Colours = diagram.FILE) -> ET.Element:
    return ET.fromstring(
        diagram.drawn(Light, WAYS, label=lambda one: one.value, title="Light", now=now, colours=colours)
    )


def test_order_decision_case_and_report_are_drawn_in_every_language() -> None:
    names = set(reference_pages.pages())
    for machine in ("orders", "decisions", "cases", "reports", "courts"):
        for language in ("kk", "ru", "en"):
            assert state_pictures.file_of(machine, language) in names


def test_the_pictures_come_from_the_tables_of_the_rules() -> None:
    found = {one.name: one.follows for one in state_pictures.machines(reference_pages._words_of_rooms())}
    assert found["orders"] is TRANSITIONS
    assert found["decisions"] is NEXT


def test_a_picture_names_every_state_in_its_language_and_tells_every_way_in_words() -> None:
    page = reference_pages.pages()[state_pictures.file_of("orders", "ru")]
    root = ET.fromstring(page)
    said = root.findtext(f"{SVG}desc") or ""
    assert "черновик" in said.casefold() or "проект" in said.casefold()
    assert said.count("→") == len(State)
    english = reference_pages.pages()[state_pictures.file_of("decisions", "en")]
    with translation.override("en"):
        assert all(str(state.label) in english for state in DecisionState)


def test_a_new_way_changes_the_picture_and_the_check_names_it(tmp_path: Path) -> None:
    reference_pages.write(tmp_path)
    name = state_pictures.file_of("orders", "kk")
    (tmp_path / name).write_text("<svg/>")
    (tmp_path / state_pictures.FOLDER / "gone.kk.svg").write_text("<svg/>")
    assert reference_pages.stale(tmp_path) == [name, f"{state_pictures.FOLDER}/gone.kk.svg"]
    reference_pages.write(tmp_path)
    assert reference_pages.stale(tmp_path) == []


def test_the_state_that_holds_now_is_full_and_an_end_has_a_double_edge() -> None:
    full = [one for one in drawn(now="green").iter(f"{SVG}rect") if one.get("stroke-width") == "3"]
    assert [one.get("fill") for one in full] == [diagram.FILE.now]
    # three boxes, one more edge of the end, and the ground
    assert len(list(drawn().iter(f"{SVG}rect"))) == 5
    assert len(list(drawn(colours=diagram.PAGE).iter(f"{SVG}rect"))) == 4


def test_ways_over_the_same_boxes_never_share_a_lane() -> None:
    made = diagram._lanes([(0, 3), (0, 2), (1, 3), (3, 0), (0, 1)])
    assert [(one.start, one.end, one.lane) for one in made if not one.lane] == [(0, 1, 0)]
    forward = [one for one in made if one.lane and one.start < one.end]
    assert len({one.lane for one in forward}) == 3
