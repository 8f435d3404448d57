"""When may something happen about a missing child? Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotAllowed, Refused
from qorgan.missing.terms import TRANSITIONS, Posted, State, Words

OLDEST = 17  # full years: who is of age is sought by other rules
LONGEST_WORDS = 1_000  # signs of the words of a public page, in one language


class NobodyNamed(BadInput):
    """An alarm is about one child, by whatever name is known."""

    text = _("Write the child's name, or what the child is called.")
    field = "name"


class NotAChild(BadInput):
    """Whoever is of age is no missing child."""

    text = _("This room is for children: the age is from 0 to %(oldest)s.")
    field = "age"


class ImpossibleMoment(BadInput):
    """Nobody was seen, searched for or found in the future, or found before being last seen."""

    text = _("This moment cannot be: it lies in the future, or before what it follows.")
    field = "at"


class AlreadySought(Refused):
    """One child is sought once at a time."""

    text = _("The alarm for this child stands already.")
    field = "child"


class WrongState(Refused):
    """The search does not stand where this could follow."""

    text = _("This cannot follow: the child %(state)s.")


class NoReason(BadInput):
    """A search is laid to rest, or begun again, for a reason."""

    text = _("Say why, in words.")
    field = "words"


class NoPlace(BadInput):
    """A place was searched, or the child was found in one."""

    text = _("Write the place.")
    field = "place"


class NoReviewDay(BadInput):
    """A search that rests is looked at again on a day that is named."""

    text = _("Name the day on which the search is looked at again: after today and not later than %(last)s.")
    field = "review_on"


class NeverNamed(Refused):
    """A child whose case turned sexual is never named again."""

    text = _("Nothing of this child is published: the child is not to be named.")


class SamePerson(NotAllowed):
    """Two people publish: whoever proposed the words does not approve them."""

    text = _("Someone else approves these words: whoever proposed them may not.")


class NoWords(BadInput):
    """The public page speaks the country's languages."""

    text = _("Write the words in each language of the country: %(languages)s.")
    field = "words"


class WordsTooLong(BadInput):
    """A page that is read in passing is short."""

    text = _("The words are too long: at most %(most)s signs in a language.")
    field = "words"


class NoticeStands(Refused):
    """One public page at a time."""

    text = _("A public page is proposed already, or stands.")


class NoticeDecided(Refused):
    """Someone decided first, or it was taken down."""

    text = _("This page was decided on before: it %(state)s.")


class AlreadyAnswered(Refused):
    """An office answers once; of a search that is over there is nothing to answer."""

    text = _("This was answered before, or the search is over.")


def check_told(*, name: str, age: int | None, last_seen_at: datetime | None, now: datetime) -> None:
    """Whether an alarm may be raised on what was told. Raises NobodyNamed, NotAChild, ImpossibleMoment."""
    if not name.strip():
        raise NobodyNamed
    if age is not None and not 0 <= age <= OLDEST:
        raise NotAChild(oldest=OLDEST)
    if last_seen_at is not None and last_seen_at > now:
        raise ImpossibleMoment


def check_can_become(state: str, wanted: State) -> None:
    """Raises WrongState unless the search may go from `state` to `wanted`."""
    if wanted not in TRANSITIONS[State(state)]:
        raise WrongState(state=State(state).label)


def check_is_sought(state: str) -> None:
    """Raises WrongState unless the child is sought now."""
    if State(state) is not State.SOUGHT:
        raise WrongState(state=State(state).label)


def check_moment(at: datetime, *, after: datetime | None, now: datetime) -> None:
    """Raises ImpossibleMoment for one in the future, or before what it follows."""
    if at > now or (after is not None and at < after):
        raise ImpossibleMoment


def check_reason(words: str) -> str:
    """The reason. Raises NoReason."""
    if not words.strip():
        raise NoReason
    return words.strip()


def check_place(place: str) -> str:
    """The place. Raises NoPlace."""
    if not place.strip():
        raise NoPlace
    return place.strip()


def check_review(review_on: date | None, *, today: date, most: int) -> date:
    """The day on which a resting search is looked at again, at most `most` days ahead. Raises NoReviewDay."""
    last = today + timedelta(days=most)
    if review_on is None or not today < review_on <= last:
        raise NoReviewDay(last=last)
    return review_on


def check_may_name(*, marked: bool, state: str) -> None:
    """Whether the public may be told of the child. Raises NeverNamed, WrongState."""
    if marked:
        raise NeverNamed
    check_is_sought(state)


def check_words(words: Words, *, languages: Iterable[str]) -> None:
    """Raises NoWords where one of the languages is left out, WordsTooLong."""
    wanted = list(languages)
    if not all(words.texts.get(code) for code in wanted):
        raise NoWords(languages=", ".join(wanted))
    if any(len(text) > LONGEST_WORDS for text in words.texts.values()):
        raise WordsTooLong(most=LONGEST_WORDS)


def check_waits(state: str) -> None:
    """Raises NoticeDecided unless the page waits for its second person."""
    if Posted(state) is not Posted.PROPOSED:
        raise NoticeDecided(state=Posted(state).label)


def check_second(*, proposed_by: UUID, by: UUID) -> None:
    """Raises SamePerson."""
    if proposed_by == by:
        raise SamePerson
