"""The official table of places: read from files, planned against what is known."""

from dataclasses import replace

import openpyxl
import pytest

from qorgan.places.engine.gazetteer import Gazetteer
from qorgan.places.engine.official import Entry, Plan, Planner
from qorgan.places.engine.records import Kind, Name, Place
from qorgan.places.readers import official
from tests.places.country import gazetteer, table, words

TABLE = table("kz", "places/official.toml")
HEAD = "te;ab;cd;ef;hij;k;name_kaz;name_rus;nn"
ROWS = """
610000000;61;00;00;000;1;Түркістан облысы;Туркестанская область;1
611000000;61;10;00;000;2;Түркістан Қ.Ә.;Туркестан Г.А.;1
611010000;61;10;10;000;3;Түркістан қ.;г.Туркестан;1
613600000;61;36;00;000;2;Байдібек ауданы;район Байдибека;1
613637000;61;36;37;000;3;Алғабас а.о.;Алгабасский с.о.;1
613637100;61;36;37;100;4;Шақпақ а.;с.Шакпак;1
613800000;61;38;00;000;2;Жетісай ауданы;Жетысайский район;1
613820100;61;38;20;100;4;Жетісай қ.;г.Жетысай;1
619900000;61;99;00;000;2;Жаңа аудан ауданы;Новый район;1
790000000;79;00;00;000;1;Шымкент қаласы;город Шымкент;1
791110000;79;11;10;000;3;Еңбекші ауданы;Енбекшинский район;1
""".strip().splitlines()


def planned(entries, known=None, *, settlements=False) -> Plan:
    return Planner(known or gazetteer(), words(), TABLE, settlements=settlements).plan(entries)


def entries(lines):
    return official.entries([line.split(";") for line in lines], table=TABLE)


def applied(known: Gazetteer, plan: Plan) -> Gazetteer:
    """What the tables hold after the plan, as records."""
    codes = {filled.id: filled for filled in plan.filled}
    places = [
        replace(place, kato=codes[place.id].code, parent=codes[place.id].parent) if place.id in codes else place
        for place in known.records.places
    ]
    places += [Place(id=new.id, kind=new.kind, parent=new.parent, kato=new.code) for new in plan.added]
    new = [Name(place=a.id, language=lang, name=name) for a in plan.added for lang, name in a.names.items()]
    return Gazetteer(replace(known.records, places=tuple(places), names=(*known.records.names, *new)), "Asia/Almaty")


def id_of(name, region):
    names = gazetteer().records.names
    return next(n.place for n in names if n.name == name and gazetteer().region_of(n.place).id == region)


def test_known_places_receive_their_codes_and_keep_their_ids():
    plan = planned(entries([HEAD, *ROWS]))
    assert {filled.id: filled.code for filled in plan.filled} == {
        id_of("Түркістан қаласы", 61): "611000000",
        id_of("Байдібек ауданы", 61): "613600000",
        id_of("Жетісай ауданы", 61): "613800000",
        id_of("Жетісай қаласы", 61): "613820100",
        id_of("Еңбекші ауданы", 79): "791110000",
    }
    assert all(not filled.names for filled in plan.filled)
    assert plan.refused == [] and plan.same == 2


def test_unknown_places_are_added_below_their_parents():
    plan = planned(entries([HEAD, *ROWS]))
    added = {new.code: new for new in plan.added}
    assert added["619900000"].kind is Kind.DISTRICT and added["619900000"].parent == 61
    assert added["613637000"].kind is Kind.RURAL_DISTRICT
    assert added["613637000"].parent == id_of("Байдібек ауданы", 61)
    assert added["613637000"].names == {"kk": "Алғабас ауылдық округі", "ru": "Алгабасский сельский округ"}
    assert min(new.id for new in plan.added) > 10_000


def test_villages_are_passed_over_unless_asked_for():
    assert "613637100" not in {new.code for new in planned(entries([HEAD, *ROWS])).added}
    plan = planned(entries([HEAD, *ROWS]), settlements=True)
    village = next(new for new in plan.added if new.code == "613637100")
    assert village.kind is Kind.SETTLEMENT
    assert village.parent == next(new.id for new in plan.added if new.code == "613637000")


@pytest.mark.parametrize("settlements", [False, True])
def test_second_reading_changes_nothing(settlements):
    first = planned(entries([HEAD, *ROWS]), settlements=settlements)
    second = planned(entries([HEAD, *ROWS]), applied(gazetteer(), first), settlements=settlements)
    assert second.filled == [] and second.added == [] and second.refused == []
    assert second.same == first.same + len(first.filled) + len(first.added)


def test_order_of_the_file_does_not_matter():
    forwards, backwards = (planned(entries([HEAD, *lines])) for lines in (ROWS, ROWS[::-1]))
    assert {(f.id, f.code) for f in forwards.filled} == {(f.id, f.code) for f in backwards.filled}
    assert {new.code for new in forwards.added} == {new.code for new in backwards.added}


def test_renamed_place_receives_its_new_name_written_out():
    plan = planned([Entry(line=2, code="613600000", names={"kk": "Байдібек ауданы", "ru": "район Новое Имя"})])
    assert plan.filled[0].names == {"ru": "район Новое Имя"}


def test_bad_rows_are_refused_with_line_and_reason():
    plan = planned(
        entries(
            [
                HEAD,
                "61360000;;;;;;;район Байдибека;",
                "613600000;;;;;;;;",
                "613800000;;;;;;Жетісай ауданы;Жетысайский район;",
                "613800000;;;;;;Жетісай ауданы;Жетысайский район;",
                "980000000;;;;;;Ай облысы;Лунная область;",
                "981000000;;;;;;Ай ауданы;Лунный район;",
                "formula;;;;;;x;y;",
            ]
        )
    )
    assert [(row.line, row.reason) for row in plan.refused] == [
        (2, "the code '61360000' is not 9 digits"),
        (3, "the name is missing"),
        (5, "the code stands already in line 4"),
        (6, "a region of this code is not known: it needs its date in regions.csv first"),
        (7, "the parent 980000000 was refused"),
        (8, "the code 'formula' is not 9 digits"),
    ]
    assert len(plan.filled) == 1


def test_parent_that_is_nowhere_is_refused():
    lines = ["code;parent;ru", "613600000;615500000;район Байдибека"]
    assert planned(entries(lines)).refused[0].reason == "the parent 615500000 is not in the table"


def test_places_that_the_table_lacks_are_told_of_its_regions_only():
    plan = planned(entries([HEAD, *ROWS]))
    assert id_of("Абай ауданы", 79) in plan.unmatched and id_of("Абай ауданы", 35) not in plan.unmatched


def test_windows_1251_and_commas_and_titles_are_read(tmp_path):
    path = tmp_path / "kato.csv"
    path.write_bytes("Классификатор\n\nКод,Наименование\n613600000,район Байдибека\n".encode("cp1251"))
    assert planned(official.read(path, table=TABLE)).filled[0].code == "613600000"


def test_excel_sheet_with_numbers_for_codes_is_read(tmp_path):
    path = tmp_path / "kato.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("Анықтама").append(["?"])
    sheet = book.worksheets[0]
    sheet.append(["КАТО"])
    sheet.append([])
    sheet.append(HEAD.split(";"))
    for row in ROWS:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row.split(";")])
    book.save(path)
    read = official.read(path, table=TABLE)
    assert len(read) == len(ROWS) and read[0].line == 4
    assert len(planned(read).filled) == 5


def test_code_in_four_columns_is_put_together():
    assert entries(["ab;cd;ef;hij;name_rus", "61;36;0;0;район Байдибека"])[0].code == "613600000"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no line of headings"),
        (b"name;age\nA;3\n", "no line of headings"),
        (b"te;name_rus\n", "no row under the headings"),
        (b"\x00\x01\x02", "neither CSV nor an Excel sheet"),
        (b"PK\x03\x04 torn", "the sheet is damaged"),
        (b'te;name_rus\n"' + b"x" * 200_000, "its lines are damaged"),
        ("\n".join(f"line {n}" for n in range(500)).encode(), "no line of headings"),
    ],
)
def test_wrong_file_is_refused_with_one_sentence(tmp_path, data, why):
    path = tmp_path / "wrong"
    path.write_bytes(data)
    with pytest.raises(official.NotATable, match=why):
        official.read(path, table=TABLE)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(official.NotATable, match="cannot be opened"):
        official.read(tmp_path / "none.csv", table=TABLE)
