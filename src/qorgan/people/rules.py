"""When may two persons be called one? Pure."""

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused

LONGEST_REASON = 300  # characters


class NoReason(BadInput):
    """That two are one person is said, and taken back, for a reason that stays."""

    text = _("Write why, in one line: it stays in the history.")
    field = "why"


class NoName(BadInput):
    """Someone is named without a name."""

    text = _("Write the name: without it nobody is named.")
    field = "written"


class NamedAlready(Refused):
    """The person has a name."""

    text = _("This person has a name already: another one is written down as an account, not over it.")


class NotNamedHere(Refused):
    """Nobody gave the person a name in her place, or it was taken back before."""

    text = _("This name was not given later, or was taken back before.")


class OnePersonAlready(BadInput):
    """Both are one row of one record."""

    text = _("This is one record of one person, not two.")


class SaidAlready(Refused):
    """Someone has said so before."""

    text = _("That these two are one person was said before.")


class UndoneAlready(Refused):
    """Someone has taken it back before."""

    text = _("This was taken back before.")


class RefusedAlready(Refused):
    """Someone has said of a proposed pair before that they are two."""

    text = _("That these two are not one person was said before.")


class RestoredAlready(Refused):
    """Nobody says any more of a proposed pair that they are two."""

    text = _("Nobody says any more that these two are not one person.")


class NoMatch(Refused):
    """The nightly comparison needs a library that is not installed here."""

    text = _("All records are compared only where the extra `match` is installed.")


def check_name(written: str) -> str:
    """The name in one line. Raises NoName."""
    plain = " ".join(written.split())
    if not plain:
        raise NoName
    return plain


def check_nameless(name: str) -> None:
    """Raises NamedAlready where there is a name."""
    if name:
        raise NamedAlready


def check_reason(why: str) -> str:
    """The reason in one line. Raises NoReason where there is none, or too much of it."""
    plain = " ".join(why.split())
    if not plain or len(plain) > LONGEST_REASON:
        raise NoReason
    return plain
