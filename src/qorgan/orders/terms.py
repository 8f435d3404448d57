"""Words of the protective order (қорғау нұсқамасы, защитное предписание): Law 214-IV Art. 20, Law 245-VIII Art. 60."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where an order stands. Whether it is in force is said by its clock, not by a state that someone must set."""

    DRAFT = "draft"
    ISSUED = "issued"  # signed by the officer, not yet served: no term runs
    SERVED = "served"  # handed over, signed or refused: the term runs from that minute
    CANCELLED = "cancelled"  # by the prosecutor, a court or a higher body: from that moment it binds nobody
    ANNULLED = "annulled"  # found unlawful: it counts nowhere as one that was in force

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]


_STATES: dict[State, str | Promise] = {
    State.DRAFT: _("draft"),
    State.ISSUED: _("issued, to be served"),
    State.SERVED: _("served"),
    State.CANCELLED: _("cancelled"),
    State.ANNULLED: _("annulled"),
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ISSUED, State.CANCELLED}),
    State.ISSUED: frozenset({State.SERVED, State.CANCELLED, State.ANNULLED}),
    State.SERVED: frozenset({State.CANCELLED, State.ANNULLED}),
    State.CANCELLED: frozenset({State.ANNULLED}),
    State.ANNULLED: frozenset(),
}
BINDING = (State.ISSUED, State.SERVED)  # signed, and neither cancelled nor annulled


class Mark(StrEnum):
    """What happened to an order beside its state: none of these ends it, and several may hold at once."""

    BREACHED = "breached"
    APPEALED = "appealed"
    VARIED = "varied"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Mark.BREACHED: _("breached"), Mark.APPEALED: _("under appeal"), Mark.VARIED: _("varied")}[self]


class Body(StrEnum):
    """Who decides about an order that stands (`orders.appeal_to`)."""

    HIGHER_BODY = "higher_body"
    PROSECUTOR = "prosecutor"
    COURT = "court"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _BODIES[self]


_BODIES: dict[Body, str | Promise] = {
    Body.HIGHER_BODY: _("the higher body"),
    Body.PROSECUTOR: _("the prosecutor"),
    Body.COURT: _("the court"),
}


class Appellant(StrEnum):
    """Who complains about an order."""

    ADDRESSEE = "addressee"
    PROTECTED = "protected"
    PROSECUTOR = "prosecutor"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _APPELLANTS[self]


_APPELLANTS: dict[Appellant, str | Promise] = {
    Appellant.ADDRESSEE: _("the addressee"),
    Appellant.PROTECTED: _("the protected person"),
    Appellant.PROSECUTOR: _("the prosecutor"),
    Appellant.OTHER: _("someone else"),
}


class AppealResult(StrEnum):
    """What became of a complaint about an order."""

    PENDING = "pending"
    LEFT = "left"
    VARIED = "varied"
    CANCELLED = "cancelled"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _RESULTS[self]


_RESULTS: dict[AppealResult, str | Promise] = {
    AppealResult.PENDING: _("not decided yet"),
    AppealResult.LEFT: _("the order stands"),
    AppealResult.VARIED: _("the order was varied"),
    AppealResult.CANCELLED: _("the order was cancelled"),
    AppealResult.ANNULLED: _("the order was annulled"),
    AppealResult.WITHDRAWN: _("the complaint was withdrawn"),
}


class Receipt(StrEnum):
    """How the addressee received it. A refusal to sign is recorded and does not stop the term."""

    SIGNED = "signed"
    REFUSED = "refused"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Receipt.SIGNED: _("signed for"), Receipt.REFUSED: _("refused to sign")}[self]


class Finding(StrEnum):
    """What a check found."""

    NO_BREACH = "no_breach"
    BREACH = "breach"
    NOT_FOUND = "not_found"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _FINDINGS[self]


_FINDINGS: dict[Finding, str | Promise] = {
    Finding.NO_BREACH: _("no breach seen"),
    Finding.BREACH: _("a breach was found"),
    Finding.NOT_FOUND: _("the person was not found"),
}


class Prohibition(StrEnum):
    """What an order forbids."""

    VIOLENCE = "violence"
    CONTACT = "contact"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _PROHIBITIONS[self]


_PROHIBITIONS: dict[Prohibition, str | Promise] = {
    Prohibition.VIOLENCE: _("to commit domestic violence"),
    Prohibition.CONTACT: _(
        "against the will of the victim to seek, follow, visit or talk to her or to minor or incapable members of the"
        " family, by phone or in any other way"
    ),
}


class Noticed(StrEnum):
    """By what a breach of an order came to be known."""

    CHECK = "check"
    REPORT = "report"  # someone called, wrote or came
    OFFICER = "officer"  # he saw it himself, or was told on the spot

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _NOTICED[self]


_NOTICED: dict[Noticed, str | Promise] = {
    Noticed.CHECK: _("at a check"),
    Noticed.REPORT: _("by a report"),
    Noticed.OFFICER: _("by an officer"),
}


class Followed(StrEnum):
    """What may follow a breach beside what courts decide: arrest is one decision of theirs, and not the only end."""

    PROTOCOL = "protocol"  # хаттама, протокол: an administrative offence is registered
    PRE_TRIAL = "pre_trial"  # entered in the unified register of pre-trial investigations
    DETAINED = "detained"  # әкімшілік ұстап алу, административное задержание
    WARNED = "warned"  # ресми алдын ала ескерту, официальное предостережение: 245-VIII Art. 51
    NOT_CONFIRMED = "not_confirmed"  # what was told was looked into, and it was no breach

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _FOLLOWED[self]

    @property
    def provision(self) -> str:
        """The rule of the law that it stands on."""
        return _STANDS_ON[self]


_FOLLOWED: dict[Followed, str | Promise] = {
    Followed.PROTOCOL: _("administrative protocol"),
    Followed.PRE_TRIAL: _("entered in the register of pre-trial investigations"),
    Followed.DETAINED: _("administrative detention"),
    Followed.WARNED: _("official warning"),
    Followed.NOT_CONFIRMED: _("not confirmed: no breach of the order"),
}
_STANDS_ON: dict[Followed, str] = {
    Followed.PROTOCOL: "orders.breach_article",
    Followed.PRE_TRIAL: "reports.erdr_deadline",
    Followed.DETAINED: "detention.abuser_limit",
    Followed.WARNED: "prevention.warning_term",
    Followed.NOT_CONFIRMED: "orders.breach_article",
}
CLOCKED = frozenset({Followed.PRE_TRIAL, Followed.DETAINED, Followed.WARNED})  # a term of the law begins with them
REGISTERS = frozenset({Followed.PROTOCOL, Followed.PRE_TRIAL})  # an offence stands for them
