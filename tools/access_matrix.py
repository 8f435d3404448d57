"""Who may open which address: the table that tests/matrix asks, and the page of it that a lawyer can read."""

import inspect
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).resolve().parent.parent / "tests" / "matrix" / "table"
PROCESSES = ("staff", "public", "door", "petitions")
EVERY = "every"
ONLY_IN_DEMO = ("style:",)

YES, NOT_ALLOWED, NOT_FOUND, SIGN_IN, NO_TOKEN = "yes", "not_allowed", "not_found", "sign_in", "no_token"
CHOOSE, CONFIRM, NO_WAY = "choose", "confirm", "no_way"
ANSWERS = frozenset({YES, NOT_ALLOWED, NOT_FOUND, SIGN_IN, NO_TOKEN, CHOOSE, CONFIRM, NO_WAY})
OPEN_TO = ("mandate", "signed_in", "anyone", "token")

# Ids of records: whoever stands outside their thread is told that they are not there.
RECORD = frozenset(
    {
        "report_id",
        "case_id",
        "offence_id",
        "order_id",
        "court_case_id",
        "hearing_id",
        "decision_id",
        "appeal_id",
        "duty_id",
        "import_id",
        "alarm_id",
        "notice_id",
        "breach_id",
        "assessment_id",
        "measure_id",
        "lowering_id",
        "thing_id",
        "person_id",
    }
)


@dataclass(frozen=True)
class Address:
    """An address of a process: its name, its pattern, and what the view says of itself."""

    process: str
    name: str
    pattern: str
    parameters: tuple[str, ...]
    says: str
    view: Any = field(repr=False, compare=False)

    @property
    def is_of_record(self) -> bool:
        """Whether an id in it is that of a record."""
        return bool(RECORD & set(self.parameters))


@dataclass(frozen=True)
class Line:
    """What is expected of one address; tests/matrix/table/README.md says what each word means."""

    permission: str = ""
    post: str = ""
    open_to: str = "mandate"
    nobody: str = ""
    then: str = ""
    refused: str = NOT_ALLOWED
    allowed: str = YES
    instead: Mapping[str, str] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    given: tuple[Mapping[str, Any], ...] = ({},)
    query: str = ""
    says: str = ""
    who: str = ""

    def needed(self, method: str) -> str:
        """The permission that a method asks for."""
        return self.post if method == "POST" and self.post else self.permission

    def answer(self, permissions: frozenset[str], *, role: str = "", method: str = "GET") -> str:
        """What a person with these permissions is told, of a thing that lies in sight."""
        if role in self.instead:
            return self.instead[role]
        needed = self.needed(method)
        allowed = self.methods.get(method, self.allowed)
        if needed and needed not in permissions and needed in _inside(role):
            return NOT_FOUND
        if needed and needed not in permissions:
            return self.refused
        return NOT_ALLOWED if self.then and self.then not in permissions else allowed


def _inside(role: str) -> frozenset[str]:
    """What a role allows in an entrusted file only: outside one, its pages are not there."""
    from qorgan.agencies.terms import ROLES

    return ROLES[role].inside if role in ROLES else frozenset()


class NoAnswer(LookupError):
    """An address has no line in the table."""

    def __init__(self, address: Address) -> None:
        super().__init__(
            f'{address.process} {address.name} ({address.pattern}) has no answer: write ["{address.name}"] with its'
            f" permission into tests/matrix/table/ (README.md there says how)."
        )


def addresses(process: str) -> Iterator[Address]:
    """Every address of a process."""
    return _walked(get_resolver(f"qorgan.config.urls.{process}"), process, "", "")


def _walked(resolver: URLResolver, process: str, before: str, path: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        whole = path + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walked(one, process, f"{before}{one.namespace}:" if one.namespace else before, whole)
        elif isinstance(one, URLPattern):
            name = f"{before}{one.name}"
            named = tuple(part.rstrip(">").rpartition(":")[2] for part in whole.split("<")[1:])
            parameters = tuple(each.partition(">")[0] for each in named)
            yield Address(process, name, whole, parameters, _said(one.callback), one.callback)


def _said(view: Any) -> str:
    """The first line of a view's own docstring; of a library's view nothing."""
    plain = inspect.unwrap(view)
    ours = getattr(plain, "__module__", "").startswith("qorgan.") and inspect.isfunction(plain)
    return (inspect.getdoc(plain) or "").split("\n")[0] if ours else ""


@cache
def table() -> dict[tuple[str, str], Line]:
    """Every line, by process and name. Raises ValueError at a word that means nothing here."""
    lines: dict[tuple[str, str], Line] = {}
    for path in sorted(TABLE.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        process = told.pop("process")
        for name, said in told.items():
            lines[process, name] = _line(said, place=f"{path.name}: {name}")
    return lines


def _line(said: dict[str, Any], *, place: str) -> Line:
    unknown = set(said) - set(Line.__dataclass_fields__)
    given = said.get("given", {})
    line = Line(**{**said, "given": tuple(given) if isinstance(given, list) else (given,)}) if not unknown else None
    if (
        line is None
        or line.open_to not in OPEN_TO
        or not {line.allowed, line.refused, *line.instead.values()} <= ANSWERS
    ):
        raise ValueError(f"{place}: {', '.join(sorted(unknown)) or 'an answer or a reader'} means nothing here")
    return line


def line_of(address: Address) -> Line:
    """What is expected of an address. Raises NoAnswer."""
    lines = table()
    found = lines.get((address.process, address.name)) or lines.get((EVERY, address.name))
    if found is None:
        raise NoAnswer(address)
    return found


def page_parts(made: str) -> Iterator[str]:
    """The page: a table for each process; `made` says where it comes from."""
    from qorgan.agencies.terms import ROLES

    yield "# Who may open what"
    yield made
    yield (
        "Every address of every process, and who may open it: the table of `tests/matrix/table`, which the tests ask as"
        " every role, as someone from elsewhere, as someone shut out of the file, and as someone let into that one file"
        " only. An address that is not in the table fails the build."
    )
    yield (
        "*In sight*: an id in the address is that of a record. Whoever is from another territory, is shut out of its"
        " file, or asks for a sealed one, is told that there is no such page, by the same bytes as for an id that never"
        " was. Someone let into one file has, in it, the rights of the role, and outside it none."
    )
    names = {code: str(role.name) for code, role in ROLES.items()}
    permissions = {code: role.permissions for code, role in ROLES.items()}
    for process in PROCESSES:
        rows = [
            _row(address, line_of(address), names=names, permissions=permissions)
            for address in addresses(process)
            if not address.name.startswith(ONLY_IN_DEMO)
        ]
        yield f"## {process}"
        yield "\n".join(["| address | what it is | who may | in sight |", "|---|---|---|---|", *rows])


def _row(address: Address, line: Line, *, names: Mapping[str, str], permissions: Mapping[str, frozenset[str]]) -> str:
    says = (line.says or address.says).rstrip(".")
    sight = "yes" if address.is_of_record else ""
    return f"| `/{address.pattern}` | {says} | {_who(line, names, permissions)} | {sight} |"


def _who(line: Line, names: Mapping[str, str], permissions: Mapping[str, frozenset[str]]) -> str:
    if line.open_to != "mandate":
        return {"anyone": "anyone", "signed_in": "whoever has signed in", "token": "a channel, by its token"}[
            line.open_to
        ]
    if line.who:
        return line.who
    may = [
        name for code, name in names.items() if line.instead.get(code, YES) == YES and _holds(line, permissions[code])
    ]
    if len(may) == len(names):
        return "everyone in a mandate"
    more = [name for code, name in names.items() if line.post and line.post in permissions[code] and names[code] in may]
    acts = f"; acts: {', '.join(more)}" if line.post else ""
    return (", ".join(may) or "nobody") + acts


def _holds(line: Line, permissions: frozenset[str]) -> bool:
    return all(one in permissions for one in (line.permission, line.then) if one)
