"""Places in the tables: loaded, asked for, met by the official table."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.places import actions, queries
from qorgan.places.engine.gazetteer import NoSuchPlace
from qorgan.places.models import Succession, Territory, TerritoryAlias, TerritoryName
from qorgan.places.rules import NotTheOfficialTable
from tests.roles import as_process

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
SYSTEM = Actor(name="system")
TABLE = """te;name_kaz;name_rus
610000000;Түркістан облысы;Туркестанская область
613600000;Байдібек ауданы;район Новое Имя
613637000;Алғабас а.о.;Алгабасский с.о.
613637100;Шақпақ а.;с.Шакпак
oops;x;y
"""


@pytest.fixture(autouse=True)
def places(db):
    """The country in the tables, as the migrator; what a test changes is forgotten with it."""
    queries.forget()
    with as_process(Process.MIGRATOR):
        yield actions.load_country(by=SYSTEM, now=NOW)
    queries.forget()


@pytest.fixture
def official_table(tmp_path):
    path = tmp_path / "kato.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def everything():
    models = (Territory, TerritoryName, TerritoryAlias, Succession)
    fields = [
        [field.attname for field in model._meta.fields if field.name != "id" or model is Territory] for model in models
    ]
    rows = [model.objects.values_list(*names) for model, names in zip(models, fields, strict=True)]
    return [sorted(map(str, found)) for found in rows]


def test_country_is_loaded_once_and_again_changes_nothing(places):
    before = everything()
    again = actions.load_country(by=SYSTEM, now=NOW)
    assert again.places == places.places and again.new == 0
    assert everything() == before
    assert JournalEntry.objects.filter(kind="places.country.loaded").last().detail["new"] == 0


def test_every_place_knows_its_region():
    assert not Territory.objects.filter(region=None).exclude(kind="country").exists()
    assert Territory.objects.get(pk=7903).region_id == 79


def test_regions_and_names_are_answered_by_date():
    assert len(queries.regions(on=TODAY)) == 20
    assert len(queries.regions(on=date(2018, 6, 18))) == 16
    capital = queries.territory(71)
    assert queries.name(capital, language="kk") == "Астана қаласы"
    assert queries.name(71, language="ru", on=date(2019, 7, 23)) == "город Нур-Султан"
    assert queries.name(71, language="eo") == "Астана қаласы"
    assert queries.short_name(59, language="kk") == "Солт. Қаз." and queries.abbreviation(59, language="kk") == "СҚО"
    assert queries.short_name(7903, language="en") == "Enbekshi district"
    assert queries.letters(7903) == "ШЫМ" and queries.letters(1) == "ҚР"
    with pytest.raises(NoSuchPlace):
        queries.territory(5)


def test_questions_after_the_first_ask_no_database(django_assert_num_queries):
    queries.regions(on=TODAY)
    with django_assert_num_queries(0):
        assert queries.expand([79])[0] == 79
        assert queries.region_of(7903).pk == 79
        assert queries.zone(7903).key == "Asia/Almaty"
        assert queries.recognise("г. Рудный, ул. Ленина, 60", on=TODAY).region_id == 39
        assert queries.recognise("Алматы", on=TODAY) is None
        assert not queries.comparable(63, first=date(2021, 1, 1), last=TODAY)
        assert [change.new for change in queries.breaks(35, first=date(2021, 1, 1), last=TODAY)] == [62]


def test_official_table_fills_codes_and_keeps_ids(official_table):
    known = queries.recognise("Байдібек ауданы", on=TODAY)
    result = actions.import_kato(path=official_table, by=SYSTEM, now=NOW)
    assert (result.matched, result.added, result.same, result.passed) == (1, 1, 1, 1)
    assert [(row.line, row.code) for row in result.refused] == [(6, "oops")]
    filled = Territory.objects.get(kato="613600000")
    assert filled.pk == known.pk and not filled.to_verify and filled.provenance == "KATO"
    assert queries.name(filled, language="ru") == "район Новое Имя"
    assert queries.recognise("район Байдибека", on=TODAY).pk == filled.pk
    added = Territory.objects.get(kato="613637000")
    assert (added.parent_id, added.region_id) == (filled.pk, 61)
    assert added.pk in queries.expand([61])
    entry = JournalEntry.objects.get(kind="places.official_table.imported")
    assert entry.detail["matched"] == 1 and len(entry.detail["sha256"]) == 64


def test_official_table_twice_changes_nothing(official_table):
    actions.import_kato(path=official_table, by=SYSTEM, now=NOW)
    before = everything()
    again = actions.import_kato(path=official_table, by=SYSTEM, now=NOW)
    assert (again.matched, again.added, again.same) == (0, 0, 3)
    assert everything() == before


def test_loading_the_country_again_does_not_take_back_the_official_table(official_table):
    actions.import_kato(path=official_table, by=SYSTEM, now=NOW)
    before = everything()
    actions.load_country(by=SYSTEM, now=NOW)
    assert everything() == before


def test_villages_come_when_asked_for(official_table):
    actions.import_kato(path=official_table, by=SYSTEM, now=NOW, settlements=True)
    assert Territory.objects.get(kato="613637100").kind == "settlement"


def test_wrong_file_is_refused_with_one_sentence_and_changes_nothing(tmp_path):
    before = everything()
    path = tmp_path / "list.csv"
    path.write_text("te;name_rus\nabc;Где-то\n", encoding="utf-8")
    with pytest.raises(NotTheOfficialTable) as refused, transaction.atomic():
        actions.import_kato(path=path, by=SYSTEM, now=NOW)
    assert "list.csv" in str(refused.value) and "line 2" in str(refused.value)
    assert everything() == before


def test_officer_without_the_right_cannot_import(official_table):
    officer = Actor(name="officer", staff_id=uuid4())
    with pytest.raises(NotAllowed):
        actions.import_kato(path=official_table, by=officer, now=NOW)


def test_place_with_records_below_it_cannot_be_deleted():
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.filter(pk=79)._raw_delete("default")
        transaction.get_connection().check_constraints()


@pytest.mark.parametrize(
    "wrong",
    [
        {"moved_on": date(2022, 6, 8)},
        {"tile_row": 1},
        {"valid_from": date(2022, 6, 8), "valid_to": date(2022, 6, 8)},
        {"kato": "790000000"},
    ],
)
def test_database_refuses_half_a_truth(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.create(id=9999, kind="city", **wrong)
