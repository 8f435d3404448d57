"""When may something happen about risk? Pure."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotAllowed, Refused
from qorgan.risk.engine.instrument import Band, Instrument, Standing
from qorgan.risk.terms import Decision

LONGEST_WHY = 1_000


class NoText(Refused):
    """The text of an official form was not supplied: nothing can be asked by it."""

    text = _("The text of this instrument is not supplied. It is loaded from the gazette first.")


class NotInForce(Refused):
    """An instrument is used between its days."""

    text = _("This instrument is not in force today.")


class UnknownInstrument(BadInput):
    """There is none of this code."""

    text = _("There is no such instrument.")


class UnknownItem(BadInput):
    """An answer is to a question that the instrument has."""

    text = _("An answer is to a question that this instrument does not have.")


class UnknownBand(BadInput):
    """A judgement is one of the bands."""

    text = _("Choose one of the results that this instrument has.")
    field = "judged"


class NotHisCase(BadInput):
    """The danger comes from people whom the case names as possible offenders."""

    text = _("Choose among those whom the case names as possible offenders.")
    field = "offenders"


class NoReason(BadInput):
    """Whoever judges otherwise than the rules says why."""

    text = _("Say why you judge otherwise than the rules.")
    field = "why"


class NotLower(BadInput):
    """Only something lower than what stands is asked for."""

    text = _("Choose a result lower than the one that stands.")
    field = "to"


class AlreadyWaits(Refused):
    """One lowering waits at a time."""

    text = _("A lower result waits for its second person already.")


class Overtaken(Refused):
    """The newest assessment of the case stands; older ones are history."""

    text = _("The danger was assessed again meanwhile. Look at the newest assessment.")


class LoweringDecided(Refused):
    """It was decided on before."""

    text = _("This was decided on before: %(state)s.")


class SamePerson(NotAllowed):
    """Two people lower a result."""

    text = _("A second person decides: neither who asks for the lower result nor who assessed.")


class InstrumentChanged(Refused):
    """A version that was used is never another text."""

    text = _("Version %(version)s of %(code)s is on record with another text. Another text is another version.")


class FaultyInstrument(BadInput):
    """The file says something that the program does not know, or contradicts itself."""

    text = _("The file is no instrument: %(why)s.")
    field = "file"


class NoEvidence(BadInput):
    """A text that belongs to someone is loaded with the right to it."""

    text = _("Name the licence and give the document that shows it.")
    field = "licence"


class UnknownTerm(BadInput):
    """What an instrument asks for has its term in the law on record."""

    text = _("The law on record has no rule called %(key)s, by which this instrument sets a term.")
    field = "file"


def check_usable(made: Instrument, *, on: date) -> None:
    """Whether it can be assessed by it on a day. Raises NoText, NotInForce."""
    if not made.has_text:
        raise NoText
    if not made.covers(on):
        raise NotInForce


def check_answers(made: Instrument, codes: Iterable[str]) -> None:
    """Raises UnknownItem."""
    if set(codes) - {one.code for one in made.items}:
        raise UnknownItem


def check_band(made: Instrument, code: str) -> Band:
    """The band of a code. Raises UnknownBand."""
    found = next((one for one in made.bands if one.code == code), None)
    if found is None:
        raise UnknownBand
    return found


def check_offenders(chosen: Collection[UUID], *, named: Collection[UUID]) -> None:
    """Raises NotHisCase."""
    if set(chosen) - set(named):
        raise NotHisCase


def check_why(judged: Band | None, computed: Band, why: str) -> str:
    """The reason of a judgement that differs from the rules. Raises NoReason."""
    if judged is not None and judged.rank != computed.rank and not why.strip():
        raise NoReason
    return why.strip()[:LONGEST_WHY]


def check_lower(wanted: Band, stands: Band, why: str) -> str:
    """The reason for a lower result. Raises NotLower, NoReason."""
    if wanted.rank >= stands.rank:
        raise NotLower
    if not why.strip():
        raise NoReason
    return why.strip()[:LONGEST_WHY]


def check_second(*, by: UUID, besides: Collection[UUID]) -> None:
    """Raises SamePerson where a second person is one of the first."""
    if by in besides:
        raise SamePerson


def check_waits(decision: str) -> None:
    """Raises LoweringDecided unless it waits."""
    if Decision(decision) is not Decision.WAITS:
        raise LoweringDecided(state=Decision(decision).label)


def check_importable(made: Instrument, *, licence: str, evidence: bytes) -> None:
    """Raises NoText for an empty pack, NoEvidence."""
    if made.standing is Standing.NOT_SUPPLIED:
        raise NoText
    if not licence.strip() or not evidence:
        raise NoEvidence
