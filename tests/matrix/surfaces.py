"""What shows records and is no address: queries of the stages, commands, jobs, files. Each is asked as a person."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from qorgan.base import ids
from qorgan.base.errors import NotFound, Refused
from qorgan.base.scope import Actor, acting
from qorgan.cases import queries as cases
from qorgan.cli import order as order_command
from qorgan.courts import queries as courts
from qorgan.duties import queries as duties
from qorgan.files import queries as files
from qorgan.messages.models import Outgoing
from qorgan.offences import queries as offences
from qorgan.orders import papers
from qorgan.orders import queries as orders
from qorgan.people import queries as people
from qorgan.people.models import Person
from qorgan.reports import queries as reports
from qorgan.reports.models import Report
from qorgan.web.orders.papers import compose, file_date
from tests.matrix.conftest import NOW
from tests.matrix.story import Story

Ask = Callable[[Actor, Story], object]


@dataclass(frozen=True)
class Surface:
    """Something that a person may ask and that is no address."""

    name: str
    asked: Callable[[Story], object]

    def ask(self, actor: Actor, story: Story) -> object:
        """What the person is given: a value that can be compared, or the name of the refusal."""
        with acting(actor):
            try:
                return self.asked(story)
            except Refused as refusal:
                return type(refusal).__name__

    def never(self, story: Story) -> Story:
        """A story that never was: every id and number of it is one that no record bears."""
        fresh = {name: 2**62 if name == "involved" else ids.new() for name in story.ids}
        numbers = dict.fromkeys(story.numbers, "SYN-NEVER")
        nobody = {role: ids.new() for role in story.people}
        return replace(
            story, ids=fresh, numbers=numbers, people=nobody, threads=tuple(ids.new() for _ in story.threads)
        )


def _of(story: Story, name: str) -> UUID:
    found: UUID = story.ids[name]
    return found


def _paper(story: Story) -> bytes:
    found = orders.find(_of(story, "order"))
    if found is None:
        raise NotFound
    view = orders.opened_orders([found])[0]
    return papers.paper(compose(view, now=NOW), created=file_date(view))


def _command(story: Story) -> str:
    """`qorgan order show`, as the person of the scope (the command itself names a login; its query is this one)."""
    shown = io.StringIO()
    with redirect_stdout(shown):
        found = orders.by_number(story.numbers["order"])
        if found is None:
            raise NotFound
        view, clocks = orders.opened_orders([found])[0], orders.clocks(found)
        print(order_command._shown(view, clocks, zone=NOW.tzinfo, now=NOW))  # type: ignore[arg-type]  # UTC is a zone
    return shown.getvalue()


def _names(labels: dict[UUID, Any]) -> list[str]:
    return sorted(str(label) for label in labels.values())


SURFACES = (
    Surface("count of reports", lambda story: reports.newest().filter(pk=_of(story, "report")).count()),
    Surface("exists of a report", lambda story: reports.newest().filter(number=story.numbers["waiting"]).exists()),
    Surface("report by the desk's number", lambda story: reports.by_number(story.numbers["desk"]) is not None),
    Surface("numbers of threads", lambda story: sorted(reports.numbers_of_threads(story.threads).values())),
    Surface("numbers in a note", lambda story: reports.in_sight([story.numbers["waiting"]])),
    Surface("words of a report for a duty", lambda story: _names(reports.for_duties([_of(story, "waiting")]))),
    Surface("words of an order for a duty", lambda story: _names(orders.for_duties([_of(story, "order")]))),
    Surface("words of a court case for a duty", lambda story: _names(courts.for_duties([_of(story, "court_case")]))),
    Surface("case of a report", lambda story: cases.case_of_report(_of(story, "report")) is not None),
    Surface("case of a thread", lambda story: cases.of_thread(story.threads[0]) is not None),
    Surface("persons of a case", lambda story: len(cases.persons_of([_of(story, "case")]))),
    Surface("orders of a case", lambda story: len(orders.for_cases([_of(story, "case")]))),
    Surface("offences of a case", lambda story: len(offences.for_cases([_of(story, "case")]))),
    Surface("court cases of a case", lambda story: len(courts.for_cases([_of(story, "case")]))),
    Surface("duties of a thing", lambda story: len(list(duties.of_things([_of(story, "order")])))),
    Surface("a person by id", lambda story: len(people.by_ids(story.people.values()))),
    Surface("a person's row", lambda story: Person.objects.filter(pk__in=story.people.values()).count()),
    Surface("a kept file", lambda story: files.newest(_of(story, "sent_file"), role="refused_rows") is not None),
    Surface("an order on paper", lambda story: len(_paper(story)) > 0),
    Surface("qorgan order show", _command),
    Surface(
        "figures of the day",
        lambda story: (
            Report.objects.filter(thread_id__in=story.threads).count()
            + Outgoing.objects.filter(thread_id__in=story.threads).count()
        ),
    ),
)
