"""Words of the review of a child's death: what was known, by whom and when; what is recommended, and the answer."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Entry(StrEnum):
    """What a review is made of. Entries are added, never changed."""

    CHAIR = "chair"
    MEMBER = "member"
    MATERIAL = "material"
    FINDING = "finding"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _ENTRIES[self]

    @property
    def is_person(self) -> bool:
        """Whether it names someone of the commission."""
        return self in (Entry.CHAIR, Entry.MEMBER)


_ENTRIES: dict[Entry, str | Promise] = {
    Entry.CHAIR: _("chair of the commission"),
    Entry.MEMBER: _("member of the commission"),
    Entry.MATERIAL: _("material"),
    Entry.FINDING: _("finding"),
}


class Reply(StrEnum):
    """What the addressee of a recommendation says. A refusal has a reason."""

    WAITS = "waits"
    ACCEPTED = "accepted"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _REPLIES[self]

    @property
    def tone(self) -> str:
        """Its shape and colour on a page."""
        return {Reply.WAITS: "due", Reply.DONE: "done"}.get(self, "plan")


_REPLIES: dict[Reply, str | Promise] = {
    Reply.WAITS: _("waits for an answer"),
    Reply.ACCEPTED: _("accepted"),
    Reply.DONE: _("done"),
    Reply.REFUSED: _("refused"),
}

REPLIES: dict[Reply, frozenset[Reply]] = {
    Reply.WAITS: frozenset({Reply.ACCEPTED, Reply.DONE, Reply.REFUSED}),
    Reply.ACCEPTED: frozenset({Reply.DONE}),
    Reply.DONE: frozenset(),
    Reply.REFUSED: frozenset(),
}
