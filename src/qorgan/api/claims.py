"""REST of the public process: a text in, its figures and verdicts out. No token, nothing kept."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, NinjaAPI, Schema
from pydantic import ConfigDict

from qorgan.api import problems
from qorgan.api.schemas import Problem
from qorgan.base.errors import BadInput
from qorgan.claims import checked, queries, told, wording
from qorgan.claims.engine.faults import Unreadable
from qorgan.claims.engine.structured import LARGEST as LARGEST_READING
from qorgan.claims.models import Check, Statement

api = NinjaAPI(
    title="Qorgan: claims",
    version="1",
    description="Finds the figures of a Kazakh or Russian text and says which of them can be true together.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-claims",
)

problems.install(api)
_PART = 50


class NoReading(BadInput):
    """A structured claim that cannot be reckoned with."""

    text = gettext_lazy("This reading cannot be reckoned with (%(faults)s).")
    field = "reading"


class TextIn(Schema):
    """A text; `language` is taken for sentences that do not show their own, `say` for the words of the answer.

    `reading` is a structured claim (TOML) instead of the automatic reading, `chosen` settles what the words leave open.
    """

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=checked.LARGEST)
    language: Literal["kk", "ru"] = "kk"
    say: Literal["kk", "ru", "en"] = "en"
    reading: str = Field("", max_length=LARGEST_READING)
    chosen: dict[str, str] = Field(default_factory=dict)


class CheckedOut(Schema):
    """What `qorgan claim check --json` says, and the reading as it may be mended.

    `known`: each figure beside what is on record; `known_version` names those data.
    `read_to`: where reading was given up for time, in code points; null where all of it was read.
    """

    figures: list[dict[str, Any]]
    not_figures: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    known: list[dict[str, Any]]
    known_version: str
    reading: str
    read_to: int | None


@api.post("/check", response={200: CheckedOut, frozenset({400, 413, 422, 503}): Problem}, operation_id="check_claims")
def check_claims(request: HttpRequest, sent: TextIn) -> Any:
    """Find the figures of a text and say which of them can be true together."""
    with translation.override(sent.say):
        try:
            found = checked.check(sent.text, language=sent.language, reading=sent.reading, chosen=sent.chosen)
        except Unreadable as problem:
            said = " ".join(wording.fault(each) for each in problem.faults)
            raise NoReading(faults=said or _("This reading cannot be reckoned with:")) from problem
        on_record = queries.known()
        return {
            "figures": told.figures(found.sentences),
            "not_figures": [row for sentence in found.sentences for row in told.passed(sentence)],
            "notes": [row for sentence in found.sentences for row in told.notes(sentence)],
            "verdicts": told.verdicts(found.judged),
            "known": told.known(found.beside(on_record), on_record, found.judged),
            "known_version": on_record.version,
            "reading": found.reading,
            "read_to": found.read_to,
        }


class StatementOut(Schema):
    """A published statement with its last check. Of one that was withdrawn `text` and `answer` are empty.

    `answer`: figures with verdict and standing, the sentences of their groups, and each series beside them, in every
    language. `changed`: what is not as in the check before.
    """

    id: UUID
    text: str
    language: str
    said_on: date | None
    speaker: str
    relay: str
    address: str
    brought_at: datetime
    published_at: datetime
    withdrawn_at: datetime | None
    check: int
    checked_at: datetime
    grammar: str
    data: str
    answer: dict[str, Any]
    changed: list[dict[str, str]]


@api.get("/statements", response=list[StatementOut], operation_id="list_statements")
def list_statements(request: HttpRequest, before: datetime | None = None) -> Any:
    """Statements that were checked and published, the newest first, fifty at a time; `before` asks for older ones."""
    found = queries.statements(public=True)
    rows = list((found.filter(brought_at__lt=before) if before else found)[:_PART])
    last = queries.last_checks(rows)
    return [_statement(each, last[each.pk]) for each in rows]


@api.get(
    "/statements/{uuid:statement_id}",
    response={200: StatementOut, frozenset({404}): Problem},
    operation_id="get_statement",
)
def get_statement(request: HttpRequest, statement_id: UUID) -> Any:
    """A statement that was checked and published."""
    held = queries.statement(statement_id, public=True)
    return _statement(held, queries.last_checks([held])[held.pk])


def _statement(held: Statement, check: Check) -> dict[str, Any]:
    is_shown = held.withdrawn_at is None
    told_of = {name: getattr(held, name) if is_shown else "" for name in ("text", "speaker", "relay", "address")}
    return {
        **told_of,
        "id": held.pk,
        "language": held.language,
        "said_on": held.said_on,
        "brought_at": held.brought_at,
        "published_at": held.published_at,
        "withdrawn_at": held.withdrawn_at,
        "check": check.number,
        "checked_at": check.at,
        "grammar": check.grammar,
        "data": check.data,
        "answer": check.answer if is_shown else {},
        "changed": check.changed if is_shown else [],
    }


urls = api.urls
for address in urls[0]:
    if isinstance(address, URLPattern) and address.name == "check_claims":
        transaction.non_atomic_requests(address.callback)  # nothing is asked of a database, however long it takes
