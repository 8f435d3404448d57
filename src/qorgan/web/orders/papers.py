"""The order as its paper asks for it, composed of what the stages know. Nothing of where she is goes in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qorgan.agencies.models import Mandate, Staff
from qorgan.agencies.terms import ROLES
from qorgan.base import country, signing, words
from qorgan.base.paper import signed
from qorgan.cases import queries as cases
from qorgan.cases.terms import Role
from qorgan.courts import queries as courts
from qorgan.courts.terms import DecisionKind
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook
from qorgan.orders.papers import (
    Addressee,
    Officer,
    OrderPaper,
    ProtectedPerson,
    Provision,
    Refusal,
    paper,
)
from qorgan.orders.queries import BreachView, OrderView
from qorgan.orders.terms import Prohibition, Receipt
from qorgan.people.queries import PersonView
from qorgan.places import queries as places
from qorgan.web.orders.panels import CHECKS, TERM
from qorgan.web.persons import short

Texts = dict[str, str]
BREACH, APPEAL, START = "orders.breach_article", "orders.appeal_to", "orders.start_of_term"
CHILD_UNTIL = 18


def _in_each(say: Callable[[str], str]) -> Texts:
    """The same thing in every language of the paper."""
    said = {}
    for language in country.toml("words/papers.toml")["order"]["languages"]:
        with translation.override(language):
            said[language] = say(language)
    return said


def _as_written(text: str) -> Texts:
    """Names stay as they were written, whatever the language of the column."""
    first = next(iter(country.toml("country.toml")["languages"]))
    return {first: text} if text else {}


def compose(view: OrderView, *, now: datetime) -> OrderPaper:
    """Everything the paper says, by the law of the day of service, else of issue, else of today."""
    order, book = view.order, law.book()
    zone = places.zone(order.territory_id)
    day = (order.served_at or order.issued_at or now).astimezone(zone).date()
    officer, agency = _officer(view)
    place = places.region_of(order.territory_id) or places.territory(order.territory_id)
    term, interval = book.value(TERM, day), book.value(CHECKS, day)
    return OrderPaper(
        agency=agency,
        number=order.number,
        case_number=order.case.number,
        officer=officer,
        place=_in_each(lambda language: places.short_name(place, language=language)),
        zone=zone.key,
        addressee=Addressee(
            name=_as_written(view.addressee.name),
            short=_as_written(short(view.addressee)),
            born_on=view.addressee.birth_date,
            iin=view.addressee.iin if not view.addressee.iin_faults else "",
        ),
        protected=_protected(view, day),
        circumstances={_language_of(view): view.circumstances},
        basis=tuple(filter(None, [_provision(book, TERM, day)])),
        prohibitions=tuple(_prohibition(Prohibition(one)) for one in order.prohibitions),
        breach=_provision(book, BREACH, day),
        issued_at=order.issued_at,
        term_days=term.number() if term.decides else None,
        served_at=order.served_at,
        ends_at=order.ends_at,
        check_days=interval.number() if interval.decides else None,
        check_dates=tuple(check.due_at.astimezone(zone).date() for check in view.checks if check.due_at),
        term_basis=_provision(book, TERM, day) if term.decides else None,
        check_basis=_provision(book, CHECKS, day) if interval.decides else None,
        to_verify=_doubts(book, day),
        refusal=_refusal(view),
        appeal_is_verified=not book.value(APPEAL, day).to_verify,
        is_synthetic=settings.DEMO,
        breaches=_breaches(view),
    )


def _breaches(view: OrderView) -> tuple[Texts, ...]:
    """When the order was breached and what followed. Who told of it is not said: the addressee reads the paper."""
    held = [one for one in view.breaches if one.counts]
    if not held:
        return ()
    zone = places.zone(view.order.territory_id)
    sent = courts.of_breaches([one.breach.id for one in held])

    def said(one: BreachView, language: str) -> str:
        decided = [made for case, decisions in sent if case.breach_id == one.breach.id for made in decisions]
        what = [str(each.kind.label) for each in one.outcomes]
        what += [f"{DecisionKind(made.kind).label} ({made.number})" for made in decided]
        return f"{words.moment(one.moment, zone, language)}: {'; '.join(what) or _('nothing followed yet')}"

    return tuple(_in_each(partial(said, one)) for one in held)


def _doubts(book: LawBook, day: date) -> frozenset[str]:
    asked = {"term": (TERM, START), "checks": (CHECKS,)}
    return frozenset(name for name, keys in asked.items() if any(book.value(key, day).to_verify for key in keys))


def printed(view: OrderView, *, now: datetime) -> bytes:
    """The order as a PDF: signed where this place has a key for papers and the extra `sign`; unsigned, it says so.

    A draft is never signed: nobody has issued it.
    """
    key = signing.paper_key(demo=settings.DEMO) if signed.can_sign() and view.order.issued_at else None
    composed = replace(compose(view, now=now), is_signed=key is not None)
    content = paper(composed, created=file_date(view))
    return signed.sign(content, key, reason=view.order.number) if key else content


def file_date(view: OrderView) -> datetime:
    """The last thing that happened to the order: equal orders give equal files."""
    order = view.order
    at: datetime = order.annulled_at or order.cancelled_at or order.served_at or order.issued_at or order.drafted_at
    return at.replace(microsecond=0)


def _officer(view: OrderView) -> tuple[Officer, Texts]:
    order = view.order
    staff = Staff.objects.get(pk=order.issued_by or order.drafted_by)
    mandate = Mandate.objects.filter(staff=staff, agency=order.agency_id).select_related("agency").first()
    post = ROLES[mandate.role].name if mandate else ""
    agency = mandate.agency if mandate else order.agency
    officer = Officer(
        post=_in_each(lambda _language: str(post)),
        rank=_in_each(lambda language: staff.ranks.get(language, "")),
        name=_in_each(staff.name),
        short=_in_each(lambda language: _initials(staff.name(language))),
    )
    return officer, _in_each(agency.name)


def _initials(name: str) -> str:
    surname, *given = name.split()
    return words.initials(surname, *given[:2]) if given else name


def _language_of(view: OrderView) -> str:
    """The language the circumstances were written in: that of the officer's pages."""
    staff = Staff.objects.filter(pk=view.order.drafted_by).first()
    return (staff.language if staff else "") or next(iter(country.toml("country.toml")["languages"]))


def _protected(view: OrderView, day: date) -> tuple[ProtectedPerson, ...]:
    parts = {person.id: role for role, person in cases.persons(view.order.case)}
    return tuple(_person(person, parts.get(person.id), day) for person in view.protected)


def _person(person: PersonView, role: Role | None, day: date) -> ProtectedPerson:
    age = person.age_on(day)
    is_child = role is Role.CHILD or (age is not None and age < CHILD_UNTIL)
    bond = _in_each(lambda _language: str(role.label)) if role else {}
    return ProtectedPerson(name=_as_written(person.name), age=age if is_child else None, bond=bond)


def _prohibition(one: Prohibition) -> Texts:
    return _in_each(lambda _language: str(one.label))


def _provision(book: LawBook, key: str, day: date) -> Provision | None:
    held = book.provision(key, day)
    if held is None or not held.act:
        return None
    act = book.acts.get(held.act)
    return Provision(act=dict(act.names) if act else {}, article=held.article)


def _refusal(view: OrderView) -> Refusal | None:
    if view.order.receipt != Receipt.REFUSED:
        return None
    return Refusal(reason=_as_written(view.refusal_reason), witness=_as_written(view.refusal_witness))
