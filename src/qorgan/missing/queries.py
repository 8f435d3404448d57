"""Reading about missing children. What the public process may read is in `page_at` alone."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind
from qorgan.base.keys import vault
from qorgan.base.scope import acting
from qorgan.cases.queries import Line, numbers_of
from qorgan.cases.queries import threads as threads_of_case
from qorgan.duties.queries import Label
from qorgan.missing.engine.near import NEAR, kilometres
from qorgan.missing.models import Alarm, Bulletin, Notice, Poster, Search, Unnamed
from qorgan.missing.terms import Danger, Posted, Result, State, Words
from qorgan.people.queries import PersonView, by_ids, certainly, threads_of
from qorgan.places import queries as places


@dataclass(frozen=True)
class SearchView:
    """A place that was searched, opened."""

    id: UUID
    place: str = field(repr=False)
    searchers: str = field(repr=False)
    result: Result
    note: str = field(repr=False)
    searched_at: datetime
    written_by: UUID


@dataclass(frozen=True)
class AlarmView:
    """An alarm opened for reading."""

    alarm: Alarm
    number: str
    child: PersonView | None
    last_place: str = field(repr=False)
    wearing: str = field(repr=False)
    dangers: tuple[Danger, ...]
    ended_place: str = field(repr=False)
    ended_words: str = field(repr=False)

    @property
    def state(self) -> State:
        """Where the search stands."""
        return State(self.alarm.state)


@dataclass(frozen=True)
class BulletinView:
    """What an office near by was told, opened; of a search that is over nothing is."""

    bulletin: Bulletin
    name: str = field(repr=False)
    last_place: str = field(repr=False)
    wearing: str = field(repr=False)
    dangers: tuple[Danger, ...]


@dataclass(frozen=True)
class NoticeView:
    """A public page with its words, as staff see it."""

    notice: Notice
    words: Words

    @property
    def state(self) -> Posted:
        """Where it stands."""
        return Posted(self.notice.state)

    @property
    def tone(self) -> str:
        """How it stands in a list."""
        return {Posted.PROPOSED: "due", Posted.STANDS: "done"}.get(self.state, "plan")

    def is_shown(self, now: datetime) -> bool:
        """Whether the public can read it at a moment."""
        until = self.notice.until
        return self.state is Posted.STANDS and until is not None and now < until


@dataclass(frozen=True)
class Page:
    """What stands at a public address: the approved words, or nothing but that it is gone."""

    words: dict[str, str]

    @property
    def is_gone(self) -> bool:
        """Whether there was one and is none now."""
        return not self.words


def newest(*, state: State | None = None) -> QuerySet[Alarm]:
    """Alarms in sight, the newest first."""
    found = Alarm.objects.order_by("-raised_at", "-id").select_related("case")
    return found.filter(state=state) if state else found


def find(alarm_id: UUID) -> Alarm | None:
    """The alarm if it lies in sight."""
    return Alarm.objects.filter(pk=alarm_id).select_related("case").first()


def by_number(number: str) -> Alarm | None:
    """The newest alarm in sight of the case that bears a number."""
    return newest().filter(case__number=number.strip()).first()


def of_thread(thread_id: UUID) -> Alarm | None:
    """The newest alarm in sight of a thread."""
    return newest().filter(thread_id=thread_id).first()


def opened(alarms: Iterable[Alarm]) -> list[AlarmView]:
    """Open alarms: one question for the children and one to the key store, however many they are."""
    held = list(alarms)
    children = by_ids(one.child_id for one in held)
    vault.unlock(*(one.last_place for one in held))
    return [
        AlarmView(
            alarm=one,
            number=one.case.number,
            child=children.get(one.child_id),
            last_place=vault.read(one.last_place, at="missing.alarm.last_place"),
            wearing=vault.read(one.wearing, at="missing.alarm.wearing"),
            dangers=tuple(Danger(each) for each in one.dangers),
            ended_place=vault.read(one.ended_place, at="missing.alarm.ended_place"),
            ended_words=vault.read(one.ended_words, at="missing.alarm.ended_words"),
        )
        for one in held
    ]


def for_cases(case_ids: Iterable[UUID]) -> list[AlarmView]:
    """The alarms of cases, opened, the newest first."""
    return opened(newest().filter(case__in=set(case_ids)))


def led_to(case_id: UUID) -> list[Alarm]:
    """The alarms in sight of a case, and those whose search ended in the death that the case is about."""
    found = Alarm.objects.filter(Q(case_id=case_id) | Q(death_case_id=case_id))
    return list(found.select_related("case"))


def bulletins_of(alarm_ids: Iterable[UUID]) -> list[Bulletin]:
    """What offices in sight were told of these alarms, and when they said that they know; unopened."""
    return list(Bulletin.objects.filter(alarm_id__in=set(alarm_ids)))


def searches(alarm: Alarm) -> list[SearchView]:
    """What was searched, the newest first."""
    held = list(Search.objects.filter(alarm=alarm).order_by("-searched_at", "-id"))
    vault.unlock(*(one.place for one in held))
    return [
        SearchView(
            id=one.id,
            place=vault.read(one.place, at="missing.search.place"),
            searchers=vault.read(one.searchers, at="missing.search.searchers"),
            result=Result(one.result),
            note=vault.read(one.note, at="missing.search.note"),
            searched_at=one.searched_at,
            written_by=one.written_by,
        )
        for one in held
    ]


def near(territory_id: int, *, besides: UUID) -> list[Agency]:
    """The offices of police that are told at once, and why so many: a night is longer than a border.

    All of the same region, those whose place lies near, and the department of the region that lies nearest. Where it
    is not known in which region the child went missing, the departments of all.
    """
    region, here = places.region_of(territory_id), _middle(territory_id)
    found: list[Agency] = []
    beyond: list[tuple[float, Agency]] = []
    for office in offices.police():
        if office.id == besides or office.kind == Kind.MILITARY_POLICE:
            continue
        if region is None:
            found += [office] if office.kind == Kind.POLICE_REGION else []
            continue
        there, theirs = _middle(office.territory_id), places.region_of(office.territory_id)
        far = kilometres(here, there) if here and there else None
        if (theirs and region.pk == theirs.pk) or (far is not None and far <= NEAR):
            found.append(office)
        elif far is not None and office.kind == Kind.POLICE_REGION:
            beyond.append((far, office))
    nearest = min(beyond, key=lambda one: one[0], default=None)
    return [*found, nearest[1]] if nearest else found


def _middle(territory_id: int) -> tuple[float, float] | None:
    """The middle of a place, or of the nearest above it that has one."""
    for code in offices.chain(territory_id):
        place = places.territory(code)
        if place.lat is not None and place.lon is not None:
            return place.lat, place.lon
    return None


def bulletins() -> QuerySet[Bulletin]:
    """What offices in sight were told and is not over, the newest first."""
    return Bulletin.objects.filter(over_at__isnull=True).order_by("-told_at", "-id")


def told_to(agency_id: UUID) -> QuerySet[Bulletin]:
    """What one office was told and is not over."""
    return bulletins().filter(agency_id=agency_id).select_related("from_agency")


def find_bulletin(bulletin_id: UUID) -> Bulletin | None:
    """A bulletin in sight, over or not."""
    return Bulletin.objects.filter(pk=bulletin_id).select_related("from_agency", "agency").first()


def opened_bulletins(held: Iterable[Bulletin]) -> list[BulletinView]:
    """Open bulletins. One that is over keeps that it was, and nothing of the child."""
    found = list(held)
    vault.unlock(*(one.name for one in found if one.over_at is None))
    return [_bulletin(one) for one in found]


def _bulletin(one: Bulletin) -> BulletinView:
    if one.over_at is not None:
        return BulletinView(bulletin=one, name="", last_place="", wearing="", dangers=())
    return BulletinView(
        bulletin=one,
        name=vault.read(one.name, at="missing.bulletin.name"),
        last_place=vault.read(one.last_place, at="missing.bulletin.last_place"),
        wearing=vault.read(one.wearing, at="missing.bulletin.wearing"),
        dangers=tuple(Danger(each) for each in one.dangers),
    )


def is_never_named(alarm: Alarm) -> bool:
    """Whether a mark stands on any thread of the case, or of another record of this very child.

    Also of one out of the asker's sight: that the child is not named is all that is told of it.
    """
    if Unnamed.objects.filter(thread_id__in=threads_of_case(alarm.case)).exists():
        return True
    with acting(offices.system("missing.never_named")):
        elsewhere = threads_of(certainly(alarm.child_id)).values()
        return Unnamed.objects.filter(thread_id__in=list(elsewhere)).exists()


def find_notice(notice_id: UUID) -> Notice | None:
    """A public page in sight, as staff see it."""
    return Notice.objects.filter(pk=notice_id).select_related("alarm__case").first()


def notices(alarm: Alarm) -> list[NoticeView]:
    """All public pages that were proposed about the child, the newest first."""
    held = list(Notice.objects.filter(alarm=alarm).order_by("-proposed_at", "-id"))
    return [view_of(one) for one in held]


def view_of(notice: Notice) -> NoticeView:
    """One of them, opened. Words that were destroyed are none."""
    text = vault.read(notice.words, at="missing.notice.words", gone="{}")
    return NoticeView(notice=notice, words=Words(json.loads(text) if text else {}))


def digest_of(token: str) -> bytes:
    """What the database keeps of an address: nobody who reads it there can go to it."""
    return hashlib.sha256(token.encode()).digest()


def page_at(token: str, *, now: datetime) -> Page | None:
    """What stands at a public address at a moment; None where there never was one."""
    found = Poster.objects.filter(digest=digest_of(token)).first()
    if found is None:
        return None
    return Page({} if found.gone_at is not None or found.until <= now else dict(found.words))


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about alarms: the case, the child."""
    return {
        view.alarm.id: Label(view.number, view.child.name if view.child else "", view.number, view.alarm.case_id)
        for view in opened(newest().filter(pk__in=set(ids)))
    }


def bulletins_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties of offices that were told: the child."""
    held = Bulletin.objects.filter(pk__in=set(ids))
    return {view.bulletin.id: Label("", view.name, "", None) for view in opened_bulletins(held)}


def notices_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about public pages: the case."""
    held = dict(Notice.objects.filter(pk__in=set(ids)).values_list("id", "alarm__case_id"))
    numbers = numbers_of(held.values())
    return {id: Label(numbers.get(case, ""), "", numbers.get(case, ""), case) for id, case in held.items()}


def timeline(views: Iterable[AlarmView]) -> list[Line]:
    """The lines of alarms in a case's timeline. No question is asked."""
    lines: list[Line] = []
    for view in views:
        alarm, said = view.alarm, {"number": view.number, "alarm_id": view.alarm.id}
        if alarm.last_seen_at:
            lines.append(Line(alarm.last_seen_at, "child_last_seen", "done", said))
        lines.append(Line(alarm.raised_at, "alarm_raised", "done", said, alarm.raised_by))
        if alarm.ended_at:
            lines.append(Line(alarm.ended_at, f"child_{alarm.state}", "done", said, alarm.ended_by))
    return lines
