"""The work of `bench/knowing.py` in a process of its own, as staff of the whole country: filling, storing, asking."""

import csv
import hashlib
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from qorgan.base.processes import Process
from qorgan.cli.start import begin

NAMES = Path(os.environ.get("BENCH_NAMES", "../shared/names"))
LOCKED = os.environ.get("BENCH_LOCKED") == "1"
BATCH = 250
SINGLES = 400
LOGIN = "duty"  # sees the whole country
_STARTS = "Ай Ақ Ал Ар Әб Әл Бай Бақ Бек Бер Гүл Дар Дәу Дос Ер Жан Жар Жұм Ислам Кен Қай Қан Қар Құт Мұқ Нар Нұр"
_STARTS += " Ораз Өмір Рах Рыс Сағ Сар Сә Сейт Сұлт Тал Тас Темір Тоқ Төле Тұр Үм Шай Шар Ыс"
_ENDS = "ан ар ас бай бақ бек бер бол ғали дана дос ен ер ет жан жар заман ида кен қан қали құл лан мат мұрат мыс нар"
_ENDS += " нәр рат сая сұлу тай тас тқан хан шат шын ыз ым ір"


def locked(row: dict[str, str]) -> bool:
    """Whether a pair is of the third that is locked away: by the digest of all that the row says."""
    digest = hashlib.sha256("\x1f".join(row.values()).encode()).digest()
    return int.from_bytes(digest, "big") % 3 == 0


def rows(name: str) -> list[dict[str, str]]:
    """A file of the names."""
    with (NAMES / f"{name}.dev.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs() -> list[dict[str, str]]:
    """The pairs of this run: the open ones, or those of the last run."""
    return [row for row in rows("pairs") if locked(row) == LOCKED]


class Crowd:
    """Made-up people: names joined of syllables beside those of the open pairs, frequent and rare as names are."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)
        shuffled = random.Random("vocabulary")
        made = [start + end for start in _STARTS.split() for end in _ENDS.split()]
        shuffled.shuffle(made)
        known = [row for row in rows("pairs") if not locked(row)]
        given = sorted({row["stored_given"] for row in known}) + made[:1200]
        surnames = sorted({row["stored_surname"] for row in known}) + [
            f"{one}{end}" for one in made for end in ("ов", "")
        ]
        shuffled.shuffle(given)
        shuffled.shuffle(surnames)
        self.given, self.given_weights = given, _zipf(len(given), 0.9)
        self.surnames, self.surname_weights = surnames, _zipf(len(surnames), 0.8)

    def persons(self, count: int) -> Iterator[dict[str, Any]]:
        """Parts and birth dates; one in eight without a patronymic, one in forty born on a first of January."""
        surnames = self.dice.choices(self.surnames, cum_weights=self.surname_weights, k=count)
        given = self.dice.choices(self.given, cum_weights=self.given_weights, k=count)
        fathers = self.dice.choices(self.given, cum_weights=self.given_weights, k=count)
        for surname, own, father in zip(surnames, given, fathers, strict=True):
            born = date(1940, 1, 1) + timedelta(days=self.dice.randrange(29_000))
            if not self.dice.randrange(40):
                born = born.replace(month=1, day=1)
            patronymic = f"{father}қызы" if self.dice.randrange(8) else ""
            yield {"surname": surname, "given": own, "patronymic": patronymic, "birth_date": born}


def _zipf(count: int, steep: float) -> list[float]:
    return list(accumulate(1 / (place + 12) ** steep for place in range(count)))


def as_duty(work: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Work as someone who sees the whole country."""
    from qorgan.cli.acting import as_staff

    begin(Process.STAFF)
    with as_staff(LOGIN) as by:
        return work(by)


def _write(people: list[dict[str, Any]], by: Any) -> list[Any]:
    """A batch of persons with their marks, in one transaction; their ids."""
    from django.db import transaction

    from qorgan.base import clock, ids
    from qorgan.people import actions
    from qorgan.people.models import Person

    now, spots = clock.now(), by.territories
    with transaction.atomic():
        named = [actions.Named(**one) for one in people]
        held = [
            actions.sealed(one, territory_id=spots[place % len(spots)], thread_id=ids.new(), now=now)
            for place, one in enumerate(named)
        ]
        marks = [
            actions.marks(person=person, named=one, on=now.date()) for person, one in zip(held, named, strict=True)
        ]
        Person.objects.bulk_create(held)
        actions.keep_marks(made=marks)
    return [person.id for person in held]


def fill(crowds: str, which: str) -> dict[str, Any]:
    """Crowds by seed and size, in batches; `which`: all marks, or the core, which leaves halves and initials out."""

    def work(by: Any) -> dict[str, Any]:
        from qorgan.people.engine import tokens

        kept = tokens.kept
        if which == "core":
            tokens.kept = lambda name, born: {one for one in kept(name, born) if one[0] not in "hi"}
        begun = time.perf_counter()
        for seed, count in json.loads(crowds).items():
            crowd = Crowd(f"crowd {seed}").persons(count)
            for left in range(count, 0, -BATCH):
                _write([next(crowd) for _one in range(min(BATCH, left))], by)
        return {"seconds": time.perf_counter() - begun}

    return as_duty(work)


def single() -> dict[str, Any]:
    """Persons one by one, through the action."""

    def work(by: Any) -> dict[str, Any]:
        from qorgan.base import clock, ids
        from qorgan.people import actions

        people = list(Crowd("single").persons(SINGLES))
        begun = time.perf_counter()
        for one in people:
            named = actions.Named(**one)
            actions.write_down(
                named=named, territory_id=by.territories[-1], thread_id=ids.new(), by=by, now=clock.now()
            )
        return {"persons": SINGLES, "seconds": time.perf_counter() - begun}

    return as_duty(work)


def _stored(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[f"stored_{part}"] for part in ("surname", "given", "patronymic", "dob"))


def store() -> dict[str, Any]:
    """The persons of pairs and negatives; their ids stay in a file of the place."""

    def work(by: Any) -> dict[str, Any]:
        if _file().exists():
            return {"persons": len(json.loads(_file().read_bytes()))}
        distinct = list(dict.fromkeys(_stored(row) for row in [*pairs(), *rows("negatives")]))
        people = [
            {"surname": surname, "given": given, "patronymic": patronymic, "birth_date": date.fromisoformat(born)}
            for surname, given, patronymic, born in distinct
        ]
        held = _write(people, by)
        known = {"\x1f".join(who): str(one) for who, one in zip(distinct, held, strict=True)}
        _file().write_text(json.dumps(known), encoding="utf-8")
        return {"persons": len(held)}

    return as_duty(work)


def _file() -> Path:
    return Path(os.environ["QORGAN_HOME"]) / f"bench-known-{'locked' if LOCKED else 'open'}.json"


def ask() -> dict[str, Any]:
    """Every pair asked twice, the second time for the clock; every negative once."""

    def work(by: Any) -> dict[str, Any]:
        known = json.loads(_file().read_text(encoding="utf-8"))
        ranks: dict[str, list[int]] = defaultdict(list)
        sure = dated = 0
        for row in pairs():
            rank, confident = _found(row, known)
            ranks[f"- {row['kind']}"].append(rank)
            ranks[_class(row)].append(rank)
            if row["query_dob"] == row["stored_dob"]:
                dated, sure = dated + 1, sure + confident
        times = [_timed(row, known) for row in pairs()]
        false = sum(_found(row, known)[1] for row in rows("negatives"))
        told = {"ranks": ranks, "milliseconds": times, "negatives": len(rows("negatives")), "false": false}
        return told | {"sure": sure, "dated": dated}

    return as_duty(work)


def plain(count: str, crowds: str) -> dict[str, Any]:
    """The first `count` questions, by their digests, to Qorgan and to plain searches over the same names, open."""
    from bench import knowing_plain

    asked = sorted(pairs(), key=lambda row: hashlib.sha256(row["id"].encode()).digest())[: int(count)]
    known = json.loads(_file().read_text(encoding="utf-8"))

    def work(_by: Any) -> dict[str, Any]:
        return _told(asked, lambda row: _found(row, known, shown=10)[0])

    told = {"qorgan": as_duty(work)}
    people = (one for seed, size in json.loads(crowds).items() for one in Crowd(f"crowd {seed}").persons(size))
    with knowing_plain.table(people, (_stored(row) for row in [*pairs(), *rows("negatives")])) as search:
        for way in knowing_plain.WAYS:
            told[way] = _told(asked, lambda row, way=way: search(way, row, _stored(row)))  # type: ignore[misc]  # bound at once
    return told


def _told(asked: list[dict[str, str]], rank_of: Callable[[dict[str, str]], int]) -> dict[str, Any]:
    ranks: dict[str, list[int]] = defaultdict(list)
    times = []
    for row in asked:
        rank_of(row)  # once for the caches, once for the clock
        begun = time.perf_counter()
        ranks[_class(row)].append(rank_of(row))
        times.append(1000 * (time.perf_counter() - begun))
    return {"ranks": ranks, "milliseconds": times}


def _class(row: dict[str, str]) -> str:
    words = row["query"].split()
    if row["kind"] in ("initials", "hand_init"):
        return "INITIALS"
    if row["query_dob"]:
        return "WITH A DATE"
    if len(words) == 1:
        return "ONE PART, NO DATE"
    return "NO DATE, PATRONYMIC" if len(words) > len(("surname", "given")) else "NO DATE, TWO WORDS"


def _found(row: dict[str, str], known: dict[str, str], *, shown: int = 100) -> tuple[int, bool]:
    """The rank of the stored person, 0 where she is not shown, and whether she is offered as the one."""
    from django.db import transaction

    from qorgan.people import queries
    from qorgan.people.engine.tokens import Born

    parts = [int(part) for part in row["query_dob"].split("-") if part] + [0, 0]
    born = Born(*parts[:3]) if row["query_dob"] else None
    with transaction.atomic():
        told = queries.known(row["query"], born=born, shown=shown)
    her = known["\x1f".join(_stored(row))]
    return next(((one.rank, one.confident) for one in told.matches if str(one.view.id) == her), (0, False))


def _timed(row: dict[str, str], known: dict[str, str]) -> float:
    begun = time.perf_counter()
    _found(row, known, shown=10)
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    works: dict[str, Callable[..., dict[str, Any]]] = {
        "fill": fill,
        "single": single,
        "store": store,
        "ask": ask,
        "plain": plain,
    }
    what, *more = sys.argv[1:]
    print(json.dumps(works[what](*more)))
