"""Words of risk. No published instrument is quoted: questions are data of the country, or loaded by a licence."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Purpose, Standing, Whom

ANSWERS: dict[Answer, str | Promise] = {
    Answer.YES: _("yes"),
    Answer.NO: _("no"),
    Answer.UNKNOWN: _("does not know"),
    Answer.REFUSED: _("does not want to say"),
    Answer.NOT_ASKED: _("not asked"),
    Answer.NOT_SAFE: _("not safe to ask"),
}
STANDINGS: dict[Standing, str | Promise] = {
    Standing.VALIDATED: _("validated, as its source says"),
    Standing.UNVALIDATED: _("not validated"),
    Standing.NORMATIVE: _("an official form"),
    Standing.NOT_SUPPLIED: _("text not supplied"),
}
PURPOSES: dict[Purpose, str | Promise] = {
    Purpose.DANGER: _("supports judgement of danger, predicts nothing"),
    Purpose.GATEWAY: _("opens the way to services, is no scale of danger"),
}
WHOM: dict[Whom, str | Promise] = {
    Whom.HER: _("Asked of the person"),
    Whom.FILE: _("From the file"),
    Whom.OFFICER: _("Seen by the officer"),
}


class Said(StrEnum):
    """Yes, no, or not known, before the first question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Said.YES: _("yes"), Said.NO: _("no"), Said.UNKNOWN: _("not known")}[self]


@dataclass(frozen=True)
class Gate:
    """What is settled before the first question: is it safe to ask now? `minutes`: how long there is, if known."""

    is_safe: bool
    alone: Said = Said.UNKNOWN
    minutes: int | None = None
    his_place: str = field(default="", repr=False)
    children_place: str = field(default="", repr=False)


class Origin(StrEnum):
    """Where an instrument's text came from."""

    SHIPPED = "shipped"
    IMPORTED = "imported"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Origin.SHIPPED: _("shipped with the program"), Origin.IMPORTED: _("loaded with a licence")}[self]


class Decision(StrEnum):
    """Where a lower result stands."""

    WAITS = "waits"
    AGREED = "agreed"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"  # the danger was assessed again meanwhile

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DECISIONS[self]

    @property
    def tone(self) -> str:
        """How it stands in a list."""
        return {Decision.WAITS: "due", Decision.AGREED: "done"}.get(self, "plan")


_DECISIONS: dict[Decision, str | Promise] = {
    Decision.WAITS: _("waits for a second person"),
    Decision.AGREED: _("agreed by a second person"),
    Decision.DECLINED: _("declined by a second person"),
    Decision.OVERTAKEN: _("overtaken by a new assessment"),
}
