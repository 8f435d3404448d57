"""`qorgan person search`: who in one's sight may be meant, as JSON and in words, with a line in the journal."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qorgan.base import postgres
from qorgan.base.deployment import DATABASE
from tests.journeys.places import Place
from tests.ready import ready
from tests.reports import desks


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place whose desk has sent two reports about namesakes."""
    file: Path = tmp_path_factory.mktemp("desk") / "desk.csv"
    named = [("Ахметова Әсел Ерланқызы", "850506400012"), ("Ахметова Әсел Қанатқызы", "")]
    rows = [desks.cells(number, victim=name, iin=iin) for number, (name, iin) in enumerate(named)]
    file.write_text(desks.table(rows), encoding="utf-8")
    with ready() as home:
        made = Place(home)
        made.run("report", "import", str(file), "--as", "desk")
        yield made


def test_a_search_prints_who_may_be_meant_and_why(place: Place) -> None:
    found = place.json("person", "search", "Akhmetova Assel Yerlankyzy", "--as", "desk")
    assert [sorted(one) for one in found] == [["confident", "id", "rank", "why"]] * len(found)
    assert [(one["rank"], one["confident"]) for one in found][:2] == [(1, False), (2, False)]
    assert "other_alphabet" in found[0]["why"]
    assert place.json("person", "search", "Ахметова Әсел", "--as", "rudny") == []


def test_in_words_it_says_what_to_ask_for_and_the_journal_says_that_someone_searched(place: Place) -> None:
    said = place.run("person", "search", "Ахметова Әсел", "--as", "desk").stdout
    assert "Ахметова Әсел Ерланқызы" in said
    assert len(said.strip().splitlines()) >= 3, "two namesakes, and a question"
    address = postgres.ensure(place.home).data
    with psycopg.connect(host=address.host, port=address.port, user=address.superuser, dbname=DATABASE) as owner:
        rows = owner.execute("select detail::text from base_journalentry where kind = 'cli.person.searched'").fetchall()
    assert rows and all("Ахметова" not in row[0] for row in rows)


def test_an_iin_is_compared_exactly_and_a_wrong_date_is_told(place: Place) -> None:
    (found,) = place.json("person", "search", "850506 400012", "--as", "desk")
    assert found["why"][-1] == "same_number"
    done = place.run("person", "search", "Ахметова", "--as", "desk", "--dob", "1985-02-31", expect=1)
    assert done.stderr.count("\n") == 1 and "1985-02-31" in done.stderr


def test_the_comparison_of_all_runs_with_the_rights_of_the_worker(place: Place) -> None:
    pytest.importorskip("splink", reason="the extra `match` is not installed")
    told = place.json("person", "match")
    assert told["persons"] >= 2 and told["proposed"] >= 0
    assert place.json("person", "match")["proposed"] == 0, "what was proposed is not proposed again"
