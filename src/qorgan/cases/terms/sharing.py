"""Words of sharing: what she agreed to, on what other ground something is given, and how an agency answers."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.terms import Kind as Office


class Bond(StrEnum):
    """Who someone is to the person whom he or she speaks for (legal representative: заңды өкіл)."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    LAWYER = "lawyer"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _BONDS[self]


_BONDS: dict[Bond, str | Promise] = {
    Bond.PARENT: _("parent"),
    Bond.GUARDIAN: _("guardian or trustee"),
    Bond.LAWYER: _("lawyer"),
    Bond.OTHER: _("someone else by a document"),
}


class Barred(StrEnum):
    """Why a representative has no rights in the case."""

    OFFENDER = "offender"  # the same row of a person is complained of in the case
    SAME = "same"  # may be the one complained of: same IIN, or the same name
    DOUBTED = "doubted"  # someone of staff marked it

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _BARS[self]


_BARS: dict[Barred, str | Promise] = {
    Barred.OFFENDER: _("is the person complained of"),
    Barred.SAME: _("may be the person complained of: the same IIN or the same name"),
    Barred.DOUBTED: _("may be the person complained of: marked by hand"),
}


class Giver(StrEnum):
    """Who answers when consent is asked for."""

    HERSELF = "herself"
    REPRESENTATIVE = "representative"
    GUARDIANSHIP = "guardianship"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _GIVERS[self]


_GIVERS: dict[Giver, str | Promise] = {
    Giver.HERSELF: _("the person concerned"),
    Giver.REPRESENTATIVE: _("her representative"),
    Giver.GUARDIANSHIP: _("the guardianship authority in a representative's place"),
}


class Aim(StrEnum):
    """What something is shared for. Each aim is of certain kinds of agencies; figures need no consent: no name is in
    them (personal data: Law 94-V Art. 9)."""

    REFUGE = "refuge"
    HEALTH = "health"
    PSYCHOLOGY = "psychology"
    LEGAL_HELP = "legal_help"
    GUARDIANSHIP = "guardianship"
    REVIEW = "review"
    NAMED = "named"
    INVESTIGATION = "investigation"
    WATCH = "watch"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _AIMS[self]

    @property
    def offices(self) -> frozenset[Office]:
        """The kinds of agencies that work for it."""
        return _OFFICES[self]


_AIMS: dict[Aim, str | Promise] = {
    Aim.REFUGE: _("a place in a crisis centre"),
    Aim.HEALTH: _("medical help"),
    Aim.PSYCHOLOGY: _("psychological help"),
    Aim.LEGAL_HELP: _("legal help"),
    Aim.GUARDIANSHIP: _("guardianship, or the commission on minors"),
    Aim.REVIEW: _("review by the ombudsman"),
    Aim.NAMED: _("the work of the agency named"),
    Aim.INVESTIGATION: _("an investigation by military police"),
    Aim.WATCH: _("oversight by the military prosecutor"),
}

_HELPERS = frozenset(
    {
        Office.CRISIS_CENTRE,
        Office.NGO,
        Office.HEALTH,
        Office.SCHOOL,
        Office.GUARDIANSHIP,
        Office.COMMISSION_MINORS,
        Office.OMBUDSMAN,
    }
)
_OFFICES: dict[Aim, frozenset[Office]] = {
    Aim.REFUGE: frozenset({Office.CRISIS_CENTRE, Office.NGO}),
    Aim.HEALTH: frozenset({Office.HEALTH}),
    Aim.PSYCHOLOGY: frozenset({Office.CRISIS_CENTRE, Office.NGO, Office.HEALTH, Office.SCHOOL}),
    Aim.LEGAL_HELP: frozenset({Office.NGO, Office.CRISIS_CENTRE}),
    Aim.GUARDIANSHIP: frozenset({Office.GUARDIANSHIP, Office.COMMISSION_MINORS}),
    Aim.REVIEW: frozenset({Office.OMBUDSMAN}),
    Aim.NAMED: _HELPERS,
    Aim.INVESTIGATION: frozenset({Office.MILITARY_POLICE}),
    Aim.WATCH: frozenset({Office.MILITARY_PROSECUTOR}),
}


OF_UNIFORM = frozenset({Aim.INVESTIGATION, Aim.WATCH})  # of a suspect in uniform: by acts of their own, no consent


class Why(StrEnum):
    """Why a whole case goes to another office."""

    MOVED = "moved"
    HAPPENED_THERE = "happened_there"
    CONFLICT = "conflict"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _WHYS[self]


_WHYS: dict[Why, str | Promise] = {
    Why.MOVED: _("she lives there now"),
    Why.HAPPENED_THERE: _("it happened there"),
    Why.CONFLICT: _("someone of this office is near a party"),
}


class Section(StrEnum):
    """A part of the file that can be given alone: what an admission leaves of the rights of a role."""

    CASE = "case"
    PERSONS = "persons"
    ACCOUNTS = "accounts"
    ORDERS = "orders"
    REPORT = "report"
    OFFENCES = "offences"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _SECTIONS[self]

    @property
    def permissions(self) -> frozenset[str]:
        """The acts that it stands for: reading, never writing."""
        return _PERMISSIONS[self]


_SECTIONS: dict[Section, str | Promise] = {
    Section.CASE: _("that there is a case: its number, state, course"),
    Section.PERSONS: _("the people of the case: names and ages"),
    Section.ACCOUNTS: _("who said what"),
    Section.ORDERS: _("protective orders and their terms"),
    Section.REPORT: _("the report as it was received"),
    Section.OFFENCES: _("offences registered"),
}

_PERMISSIONS: dict[Section, frozenset[str]] = {
    Section.CASE: frozenset({"cases.case.see"}),
    Section.PERSONS: frozenset({"cases.person.see"}),
    Section.ACCOUNTS: frozenset({"cases.account.see"}),
    Section.ORDERS: frozenset({"orders.order.see"}),
    Section.REPORT: frozenset({"reports.report.see"}),
    Section.OFFENCES: frozenset({"offences.offence.see"}),
}


class How(StrEnum):
    """How she said it."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    PAPER = "paper"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _HOWS[self]


_HOWS: dict[How, str | Promise] = {
    How.IN_PERSON: _("in person"),
    How.PHONE: _("by telephone"),
    How.PAPER: _("on paper, with a signature"),
}


class Word(StrEnum):
    """What happened to a consent, in the order it happened. Nothing here means: not known, and that is not yes."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _WORDS[self]


_WORDS: dict[Word, str | Promise] = {
    Word.GIVEN: _("given"),
    Word.REFUSED: _("refused"),
    Word.WITHDRAWN: _("withdrawn"),
    Word.EXPIRED: _("ran out"),
}


class Ground(StrEnum):
    """On what something is shared. Only what stands on consent is ended by its withdrawal."""

    CONSENT = "consent"
    CHILD_IN_DANGER = "child_in_danger"
    STATE_DUTY = "state_duty"  # a duty of state bodies: Law 94-V Art. 9
    NO_REPRESENTATIVE = "no_representative"  # nobody may speak for the child: the guardianship authority is told
    CHILD_TONIGHT = "child_tonight"  # a parent is, or may be, complained of: the authority says where the child sleeps
    MILITARY = "military"  # a suspect in uniform: military jurisdiction
    REVIEW_ASKED = "review_asked"  # someone of the family asked the ombudsman for a review

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _GROUNDS[self]

    @property
    def provision(self) -> str:
        """The rule of the law that the ground stands on; empty for consent. It may not be on record."""
        return _PROVISIONS[self]


_GROUNDS: dict[Ground, str | Promise] = {
    Ground.CONSENT: _("consent"),
    Ground.CHILD_IN_DANGER: _("danger to the life or health of a child"),
    Ground.STATE_DUTY: _("a duty of state bodies"),
    Ground.NO_REPRESENTATIVE: _("nobody may speak for the child"),
    Ground.CHILD_TONIGHT: _("a parent is, or may be, the one complained of"),
    Ground.MILITARY: _("a suspect in uniform"),
    Ground.REVIEW_ASKED: _("a review that the family asked for"),
}
_PROVISIONS: dict[Ground, str] = {
    Ground.CONSENT: "",
    Ground.CHILD_IN_DANGER: "sharing.child_in_danger",
    Ground.STATE_DUTY: "personal_data.exceptions_to_consent",
    Ground.NO_REPRESENTATIVE: "sharing.representative_replaced",
    Ground.CHILD_TONIGHT: "guardianship.tonight",
    Ground.MILITARY: "military.jurisdiction",
    Ground.REVIEW_ASKED: "reviews.opened_to_ombudsman",
}


class Course(StrEnum):
    """What goes to another agency: a part of the file, while the case stays; or the whole case."""

    REFERRAL = "referral"
    TRANSFER = "transfer"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Course.REFERRAL: _("referral"), Course.TRANSFER: _("transfer")}[self]


class Standing(StrEnum):
    """How far a referral or transfer has come."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STANDINGS[self]

    @property
    def tone(self) -> str:
        """Its shape and colour on a page."""
        return {Standing.PROPOSED: "due", Standing.ACCEPTED: "done"}.get(self, "plan")


_STANDINGS: dict[Standing, str | Promise] = {
    Standing.PROPOSED: _("waits for an answer"),
    Standing.ACCEPTED: _("accepted"),
    Standing.DECLINED: _("declined"),
    Standing.WITHDRAWN: _("taken back"),
    Standing.LAPSED: _("not answered in time"),
    Standing.ENDED: _("ended"),
}


class Urgency(StrEnum):
    """How soon an answer is needed, as the referring person sees it."""

    NOW = "now"
    DAYS = "days"
    ORDINARY = "ordinary"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Urgency.NOW: _("today"), Urgency.DAYS: _("within days"), Urgency.ORDINARY: _("not urgent")}[self]


class Age(StrEnum):
    """How old the person is whom it is about, as a card says it: never more than this before it is accepted."""

    SMALL_CHILD = "small_child"
    MINOR = "minor"
    ADULT = "adult"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _AGES[self]


_AGES: dict[Age, str | Promise] = {
    Age.SMALL_CHILD: _("a small child"),
    Age.MINOR: _("a minor"),
    Age.ADULT: _("an adult"),
    Age.UNKNOWN: _("age not known"),
}


class Decline(StrEnum):
    """Why an agency says no."""

    NO_PLACE = "no_place"
    NOT_OURS = "not_ours"
    CONFLICT = "conflict"
    TOO_LITTLE = "too_little"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DECLINES[self]


_DECLINES: dict[Decline, str | Promise] = {
    Decline.NO_PLACE: _("no place or nobody free now"),
    Decline.NOT_OURS: _("not what this agency does, or not its place"),
    Decline.CONFLICT: _("someone here may be near a party"),
    Decline.TOO_LITTLE: _("too little is said to decide"),
}
