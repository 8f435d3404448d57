"""When may something be entered into the review of a child's death, or answered? Pure."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine import likeness
from qorgan.base.errors import BadInput, Refused
from qorgan.cases.rules.children import names_of
from qorgan.cases.terms import REPLIES, Reply

if TYPE_CHECKING:
    from qorgan.people.queries import PersonView

_SHORTEST = 3  # letters of a part of a name that is looked for: shorter ones are words


class ReviewBegun(Refused):
    """A death is reviewed once."""

    text = _("The review was begun before: %(number)s.")


class ReviewClosed(Refused):
    """Nothing more is entered; its recommendations are still answered."""

    text = _("The review %(number)s is closed.")


class NothingEntered(BadInput):
    """An entry without words is none."""

    text = _("Write it down in words.")
    field = "words"


class BlamesSomeone(BadInput):
    """A review asks what would have helped. Whose guilt it was is for a court."""

    text = _("A review blames nobody: say what was known, what was not done, what would have helped. Not: “%(word)s”.")
    field = "words"


class NamesSomeone(BadInput):
    """A recommendation goes to other agencies, who do not see the file."""

    text = _("A recommendation names nobody: say the office or the post.")
    field = "words"


class NearTheCase(BadInput):
    """Who worked in the case, or is one of its people, does not review it."""

    text = _("Choose someone else: nobody who worked in the case, or is of its people, sits on the commission.")
    field = "words"


class ChairStands(BadInput):
    """A commission has one chair."""

    text = _("The commission has a chair already.")
    field = "kind"


class ReviewUnfinished(Refused):
    """A review has a chair and a finding before it is closed."""

    text = _("Name the chair, and write at least one finding, before the review is closed.")


class ReplyStands(Refused):
    """An answer was given that this one cannot follow."""

    text = _("%(number)s was answered before: %(reply)s.")


class RefusedWithoutWhy(BadInput):
    """Whoever refuses a recommendation says why."""

    text = _("Write why it is refused.")
    field = "why"


class ByWhichLetter(BadInput):
    """An answer that is entered for another office, or a body outside, rests on a paper that can be found again."""

    text = _("Write the number and date of the letter that the answer came in.")
    field = "letter"


class ToOneOfTwo(BadInput):
    """A recommendation has one addressee."""

    text = _("Choose an agency, or name a body outside this system: one of the two.")
    field = "agency"


def check_blames_nobody(words: str, *, blame: Collection[str]) -> str:
    """The words of an entry, none of which begins like a word of blame. Raises NothingEntered, BlamesSomeone."""
    text = words.strip()
    if not text:
        raise NothingEntered
    for word in text.casefold().split():
        bare = word.strip("«»“”\"'().,;:!?–-")
        if any(bare.startswith(stem) for stem in blame):
            raise BlamesSomeone(word=bare)
    return text


def check_names_nobody(words: str, *, people: Collection["PersonView"]) -> None:
    """Raises NamesSomeone where the words hold a part of a name of the case."""
    said = set(words.casefold().replace(",", " ").replace(".", " ").split())
    for one in people:
        parts = {part.casefold() for part in (one.written, one.surname, one.given) for part in part.split()}
        if any(word.startswith(part) for part in parts if len(part) > _SHORTEST for word in said):
            raise NamesSomeone


def check_apart(name: str, *, people: Collection["PersonView"], staff: Collection[str]) -> None:
    """Raises NearTheCase where a name may be that of someone of the case, or of who worked in it."""
    own = likeness.said_names(name)
    near = [names_of(one) for one in people] + [likeness.said_names(one) for one in staff]
    if any(likeness.alike(own, one) for one in near):
        raise NearTheCase


def check_addressee(body: str, *, has_agency: bool) -> str:
    """The name of a body outside this system; empty where an agency is addressed. Raises ToOneOfTwo."""
    outside = " ".join(body.split())
    if bool(outside) is has_agency:
        raise ToOneOfTwo
    return outside


def check_letter(letter: str) -> str:
    """The number and date of a letter. Raises ByWhichLetter."""
    said = " ".join(letter.split())
    if not any(sign.isdigit() for sign in said):
        raise ByWhichLetter
    return said


def check_reply(now_stands: Reply, wanted: Reply, *, number: str, why: str) -> None:
    """Raises ReplyStands, RefusedWithoutWhy."""
    if wanted not in REPLIES[now_stands]:
        raise ReplyStands(number=number, reply=now_stands.label)
    if wanted is Reply.REFUSED and not why.strip():
        raise RefusedWithoutWhy
