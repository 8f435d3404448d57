"""Words of the destruction of records: what is destroyed, on what ground, what remains."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Thing(StrEnum):
    """What is destroyed: everything that was told in a case, or everything that says who one person is."""

    CASE = "case"
    PERSON = "person"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Thing.CASE: _("what was told in the case"), Thing.PERSON: _("who the person is")}[self]


class Ground(StrEnum):
    """Why it may be destroyed. Two of them name a paper; the third is a term of the law."""

    COURT = "court"
    CONSENT = "consent"
    TERM = "term"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _GROUNDS[self]

    @property
    def needs_paper(self) -> bool:
        """Whether the number of a paper must be named."""
        return self is not Ground.TERM


_GROUNDS: dict[Ground, str | Promise] = {
    Ground.COURT: _("a decision of a court"),
    Ground.CONSENT: _("consent was withdrawn"),
    Ground.TERM: _("the term of keeping is over"),
}


class State(StrEnum):
    """Where it stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"  # by another person; the worker destroys the keys within moments
    DESTROYED = "destroyed"
    DECLINED = "declined"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]


_STATES: dict[State, str | Promise] = {
    State.ASKED: _("asked, waits for another person"),
    State.CONFIRMED: _("confirmed, being destroyed"),
    State.DESTROYED: _("destroyed"),
    State.DECLINED: _("declined"),
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.CONFIRMED, State.DECLINED}),
    State.CONFIRMED: frozenset({State.DESTROYED}),
    State.DESTROYED: frozenset(),
    State.DECLINED: frozenset(),
}


class Hold(StrEnum):
    """What forbids to destroy: someone still needs it."""

    CASE_OPEN = "case_open"
    ORDER_BINDS = "order_binds"
    COURT_PENDING = "court_pending"
    OFFENCE_PENDING = "offence_pending"
    BANNED = "banned"  # a legal hold: an office forbade it by hand, for a reason that no record shows

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _HOLDS[self]


_HOLDS: dict[Hold, str | Promise] = {
    Hold.CASE_OPEN: _("the case is open"),
    Hold.ORDER_BINDS: _("a protective order is in force or to be served"),
    Hold.COURT_PENDING: _("a court has not ended its work"),
    Hold.OFFENCE_PENDING: _("an inquiry into an offence has not ended"),
    Hold.BANNED: _("an office has forbidden to destroy it"),
}


class Remains(StrEnum):
    """What is still there afterwards; told on the certificate, so that nobody believes that nothing is."""

    NARRATIVES = "narratives"
    PERSONS = "persons"
    TRAITS = "traits"
    FRAMES = "frames"
    JOURNAL = "journal"
    FACTS = "facts"
    PAPERS = "papers"
    KEY_BACKUPS = "key_backups"
    DATA_BACKUPS = "data_backups"

    @property
    def label(self) -> str | Promise:
        """The words a person reads; `%(until)s` is the day until which backups of keys are kept."""
        return _REMAINS[self]


_REMAINS: dict[Remains, str | Promise] = {
    Remains.NARRATIVES: _("What others told in the case, which may name the person."),
    Remains.PERSONS: _("The names of the people of the case, under keys of their own."),
    Remains.TRAITS: _("Sex and year of birth, without a name."),
    Remains.FRAMES: _("Numbers, dates and states of the records, without their texts."),
    Remains.JOURNAL: _("Rows of the journal: who did what and when, without names of parties."),
    Remains.FACTS: _("Pseudonymous facts for statistics, which lead to no name."),
    Remains.PAPERS: _("Papers that were printed or sent before."),
    Remains.KEY_BACKUPS: _("Backups of the key store from before, until %(until)s."),
    Remains.DATA_BACKUPS: _("Backups of the data, which nobody can open once those of the keys are gone."),
}

AFTER: dict[Thing, tuple[Remains, ...]] = {
    Thing.CASE: tuple(one for one in Remains if one not in (Remains.NARRATIVES, Remains.TRAITS)),
    Thing.PERSON: tuple(one for one in Remains if one is not Remains.PERSONS),
}

# What each table holds of texts, as a certificate counts them.
KINDS: dict[str, str | Promise] = {
    "people.person": _("names, birth dates, IIN and telephones"),
    "people.naming": _("what was said of persons before they were named"),
    "people.contact": _("safe contacts"),
    "people.sameness": _("why two records' persons were held for one"),
    "reports.report": _("words and addresses of reports"),
    "reports.taken_back": _("why the end of a report was taken back or cancelled"),
    "reports.reply": _("what was answered through the web door"),
    "reports.contact": _("telephones of contacts"),
    "reports.draft": _("what was typed during a contact and not yet saved"),
    "reports.alarm": _("words told to 102"),
    "cases.account": _("accounts"),
    "cases.answer": _("what accounts and findings say of single questions"),
    "cases.finding": _("who gave expert findings"),
    "cases.examined": _("what experts examined"),
    "cases.contradiction": _("why marks of a contradiction were withdrawn"),
    "cases.review": _("what was asked of the ombudsman, and the answers"),
    "risk.assessment": _("answers to questions on danger"),
    "risk.lowering": _("why a lower result was asked for"),
    "cases.consent": _("words of consents"),
    "cases.referral": _("words beside what was offered to others"),
    "cases.representation": _("documents of representatives"),
    "cases.parenthood": _("whose child it is"),
    "cases.telling": _("how the guardianship authority was told by hand"),
    "cases.night": _("why a child sleeps where, and with whom"),
    "cases.death_entry": _("what the review of a death holds"),
    "cases.recommendation": _("what a review recommended, and the answers"),
    "duties.duty": _("reasons for being late"),
    "duties.clock_change": _("why clocks were set anew"),
    "duties.escalation": _("what was said to late duties"),
    "agencies.opening": _("reasons for opening a record in an emergency"),
    "agencies.declaration": _("declarations of staff"),
    "orders.order": _("circumstances and service of orders"),
    "orders.check": _("notes on checks"),
    "courts.requirements_breach": _("what breaches of special requirements were"),
    "orders.breach": _("what breaches of orders were"),
    "orders.breach_outcome": _("why something followed a breach, or nothing"),
    "orders.variation": _("why orders were changed"),
    "orders.appeal": _("why complaints about orders were decided so"),
    "offences.correction": _("reasons of corrections"),
    "courts.court_case": _("contents of court cases"),
    "courts.decision": _("notes on decisions"),
    "missing.alarm": _("where a missing child was last, and how the search ended"),
    "missing.bulletin": _("what was told of a missing child to offices near by"),
    "missing.search": _("searched places"),
    "missing.notice": _("words of public pages about a missing child"),
    "files.blob": _("files"),
    "messages.outgoing": _("messages"),
    "shredding.destruction": _("reasons for destroying"),
    "shredding.legal_hold": _("reasons for forbidding to destroy"),
}
