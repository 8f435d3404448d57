"""How the rows of the official table meet the places that are already known.

A place keeps its id for ever; the official table fills in its code and its names. So no record that points to a
provisional place has to be touched.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qorgan.places.engine.folding import Words
from qorgan.places.engine.gazetteer import Gazetteer
from qorgan.places.engine.records import CITIES, DISTRICTS, REGIONS, Form, Kind, Place

_RURAL_DEPTH = 3  # groups of the code that a rural district uses; what uses more is a village or a town


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of the official table, as read. `line` counts from 1 in the file."""

    line: int
    code: str
    names: Mapping[str, str]
    parent: str = ""
    kind_words: str = ""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A known place that receives its code, its parent and the names that differ."""

    line: int
    id: int
    code: str
    parent: int | None
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Added:
    """A place that was not known."""

    line: int
    id: int
    code: str
    kind: Kind
    parent: int
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row that was left out, and why."""

    line: int
    code: str
    reason: str


@dataclass
class Plan:
    """What the table would change.

    `same` rows change nothing; `passed` rows are deeper than asked for, or say a city twice. `unmatched` are known
    places, of the regions in the table, that the table does not have: a person looks at them.
    """

    filled: list[Filled] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    same: int = 0
    passed: int = 0
    unmatched: list[int] = field(default_factory=list)


class _Refuse(Exception):
    """A reason to refuse the row at hand."""


@dataclass
class Planner:
    """Plans one reading of the table. `table` describes it; villages are passed over unless `settlements`."""

    gazetteer: Gazetteer
    words: Words
    table: Mapping[str, Any]
    settlements: bool = False
    first_new_id: int = 10_001

    def __post_init__(self) -> None:
        self._known = {place.kato: place.id for place in self.gazetteer.records.places if place.kato}
        self._before = dict(self._known)
        self._kinds = {place.id: place.kind for place in self.gazetteer.records.places}
        self._regions = {place.id: place.id for place in self.gazetteer.records.places if place.kind in REGIONS}
        self._next = max(self.first_new_id, max(self._kinds, default=0) + 1)
        self._claimed: dict[int, int] = {}
        self._passed: dict[str, int] = {}
        self._cut = [re.compile(pattern) for pattern in self.table["cut"]]
        self._keys: dict[int, set[tuple[str, ...]]] = {}
        for place, text in self._texts():
            self._keys.setdefault(place, set()).add(self.words.key(text))
        self._tests = [(Kind(row["kind"]), [re.compile(p) for p in row["fits"]]) for row in self.table["kinds"]]

    def plan(self, entries: Iterable[Entry]) -> Plan:
        """Parents are taken before what lies in them, whatever the order of the file."""
        plan = Plan()
        seen: dict[str, int] = {}
        rows = list(entries)
        present = {entry.code for entry in rows}
        for entry in sorted(rows, key=lambda entry: (self._depth(entry.code), entry.code, entry.line)):
            try:
                self._valid(entry, seen)
                seen[entry.code] = entry.line
                self._take(entry, plan, present)
            except _Refuse as reason:
                plan.refused.append(RefusedRow(line=entry.line, code=entry.code, reason=str(reason)))
        plan.refused.sort(key=lambda row: row.line)
        told = {self._region(id) for id in self._claimed}
        plan.unmatched = [
            place.id
            for place in self.gazetteer.records.places
            if not place.kato
            and place.kind is not Kind.COUNTRY
            and place.id not in self._claimed
            and self._region(place.id) in told
        ]
        return plan

    def _valid(self, entry: Entry, seen: Mapping[str, int]) -> None:
        digits = self.table["digits"]
        if not re.fullmatch(rf"[0-9]{{{digits}}}", entry.code):
            raise _Refuse(f"the code {entry.code!r} is not {digits} digits" if entry.code else "the code is missing")
        if not entry.names:
            raise _Refuse("the name is missing")
        if entry.code in seen:
            raise _Refuse(f"the code stands already in line {seen[entry.code]}")

    def _take(self, entry: Entry, plan: Plan, present: set[str]) -> None:
        known = self._before.get(entry.code)
        if known is not None:
            self._renew(entry, self.gazetteer.place(known), plan)
            return
        if self._depth(entry.code) <= 1:
            raise _Refuse("a region of this code is not known: it needs its date in regions.csv first")
        parent = self._parent(entry, present)
        kind = self._settled(self.kind_of(entry), parent)
        if self._same_city(entry, kind, parent) or (kind is Kind.SETTLEMENT and not self.settlements):
            plan.passed += 1
            self._known[entry.code] = parent
            return
        region = self._region(parent)
        match = self._match(entry, kind, region)
        if match is None or match.id in self._claimed:
            self._add(entry, kind, parent, region, plan)
        else:
            self._fill(entry, match, parent, plan)

    def _renew(self, entry: Entry, place: Place, plan: Plan) -> None:
        """A row whose code is known already: nothing to do, unless its place was renamed."""
        self._claimed[place.id] = entry.line
        names = {} if place.kind in REGIONS else self._new_names(entry, place.id)
        if names:
            plan.filled.append(Filled(line=entry.line, id=place.id, code=entry.code, parent=place.parent, names=names))
        else:
            plan.same += 1

    def _same_city(self, entry: Entry, kind: Kind, parent: int) -> bool:
        """*Түркістан Қ.Ә.* and the city inside it are one place here; what lies in either lies in it."""
        both = kind in CITIES and self._kinds[parent] in CITIES
        return both and bool(self._entry_keys(entry) & self._keys.get(parent, set()))

    def _fill(self, entry: Entry, place: Place, parent: int, plan: Plan) -> None:
        keep = self._kinds[parent] is Kind.REGION and place.kind is Kind.TOWN  # the code says less than we know
        plan.filled.append(
            Filled(
                line=entry.line,
                id=place.id,
                code=entry.code,
                parent=place.parent if keep else parent,
                names=self._new_names(entry, place.id),
            )
        )
        self._known[entry.code] = place.id
        self._claimed[place.id] = entry.line

    def _add(self, entry: Entry, kind: Kind, parent: int, region: int, plan: Plan) -> None:
        id, self._next = self._next, self._next + 1
        plan.added.append(
            Added(
                line=entry.line,
                id=id,
                code=entry.code,
                kind=kind,
                parent=parent,
                names={language: self._tidy(language, name) for language, name in entry.names.items()},
            )
        )
        self._keys[id] = self._entry_keys(entry)
        self._known[entry.code] = id
        self._kinds[id], self._regions[id], self._claimed[id] = kind, region, entry.line

    def _depth(self, code: str) -> int:
        """How many groups of the code, from the left, are in use."""
        depth, at = 0, 0
        for number, width in enumerate(self.table["groups"], start=1):
            if code[at : at + width].strip("0"):
                depth = number
            at += width
        return depth

    def _parent(self, entry: Entry, present: set[str]) -> int:
        if entry.parent:
            if entry.parent in self._known:
                return self._known[entry.parent]
            raise _Refuse(
                f"the parent {entry.parent} was refused"
                if entry.parent in present
                else f"the parent {entry.parent} is not in the table"
            )
        ends = [sum(self.table["groups"][:number]) for number in range(1, self._depth(entry.code))]
        for end in reversed(ends):
            code = entry.code[:end].ljust(len(entry.code), "0")
            if code in self._known:
                return self._known[code]
            if code in present:
                raise _Refuse(f"the parent {code} was refused")
        raise _Refuse(f"no region has the code {entry.code[:2]}")

    def _region(self, id: int) -> int:
        if id not in self._regions:
            region = self.gazetteer.region_of(id)
            if region is None:
                raise _Refuse("the parent lies in no region")
            self._regions[id] = region.id
        return self._regions[id]

    def kind_of(self, entry: Entry) -> Kind:
        """By the column of kinds, else by the name: *г.*, *Г.А.*, *район*, *с.о.*"""
        for text in (entry.kind_words, *entry.names.values()):
            line = text.casefold().strip()
            for kind, tests in self._tests:
                if line and any(test.search(line) for test in tests):
                    village = kind is Kind.RURAL_DISTRICT and self._depth(entry.code) > _RURAL_DEPTH
                    return Kind.SETTLEMENT if village else kind
        return Kind.SETTLEMENT if self._depth(entry.code) >= _RURAL_DEPTH else Kind.DISTRICT

    def _settled(self, kind: Kind, parent: int) -> Kind:
        above = self._kinds[parent]
        if kind is Kind.DISTRICT and above in CITIES:
            return Kind.CITY_DISTRICT
        if kind is Kind.CITY and above is Kind.DISTRICT:
            return Kind.TOWN
        return kind

    def _match(self, entry: Entry, kind: Kind, region: int) -> Place | None:
        """The one provisional place of the region with such a name. Refuses where there are two."""
        family = CITIES if kind in CITIES else DISTRICTS if kind in DISTRICTS else None
        if family is None:
            return None
        keys = self._entry_keys(entry)
        fitting = [
            place
            for place in self.gazetteer.records.places
            if not place.kato
            and place.kind in family
            and keys & self._keys.get(place.id, set())
            and self._region(place.id) == region
        ]
        if len(fitting) > 1:
            raise _Refuse("two known places have this name: " + ", ".join(str(place.id) for place in fitting))
        return fitting[0] if fitting else None

    def _texts(self) -> Iterable[tuple[int, str]]:
        yield from ((name.place, name.name) for name in self.gazetteer.records.names)
        yield from ((alias.place, alias.text) for alias in self.gazetteer.records.aliases if alias.form is Form.NAME)

    def _entry_keys(self, entry: Entry) -> set[tuple[str, ...]]:
        return {self._key(name) for name in entry.names.values()}

    def _key(self, name: str) -> tuple[str, ...]:
        text = name.casefold().strip()
        for pattern in self._cut:
            text = pattern.sub(" ", text)
        return self.words.key(text)

    def _new_names(self, entry: Entry, id: int) -> dict[str, str]:
        """The names that say something else than ours, written out."""
        new = {}
        for language, name in entry.names.items():
            known, tidy = self.gazetteer.name(id, language), self._tidy(language, name)
            if known is None or (known.name != tidy and self.words.key(known.name) != self._key(name)):
                new[language] = tidy
        return new

    def _tidy(self, language: str, name: str) -> str:
        for pattern, full in self.table["tidy"].get(language, []):
            name = re.sub(pattern, full, name)
        return name
