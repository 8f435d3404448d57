"""Words of a release's life: drawn up, checked by a second person, published; later revised or withdrawn."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(StrEnum):
    """One step in the life of a release. A step is written once and stays."""

    BUILT = "built"  # frozen and signed; a draft until it is published
    CHECKED = "checked"  # a second person has read it and found it right
    SENT_BACK = "sent_back"  # a second person found something wrong: it will never be published
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # its figures are no longer shown; that it was there, and why it went, is

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STAGES[self]


_STAGES: dict[Stage, str | Promise] = {
    Stage.BUILT: _("drawn up"),
    Stage.CHECKED: _("checked"),
    Stage.SENT_BACK: _("sent back"),
    Stage.PUBLISHED: _("published"),
    Stage.WITHDRAWN: _("withdrawn"),
}


class State(StrEnum):
    """Where a release stands: the outcome of its steps."""

    DRAFT = "draft"
    CHECKED = "checked"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    REVISED = "revised"  # published, and a newer one published in its place
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]


_STATES: dict[State, str | Promise] = {
    State.DRAFT: _("draft, to be checked"),
    State.CHECKED: _("checked, to be published"),
    State.SENT_BACK: _("sent back"),
    State.PUBLISHED: _("published"),
    State.REVISED: _("replaced by a newer one"),
    State.WITHDRAWN: _("withdrawn"),
}

PUBLIC = frozenset({State.PUBLISHED, State.REVISED, State.WITHDRAWN})
SECOND_PERSON = frozenset({Stage.CHECKED, Stage.SENT_BACK, Stage.PUBLISHED})

# A release that was sent back ends there: its successor is a new one.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.CHECKED, State.SENT_BACK}),
    State.CHECKED: frozenset({State.PUBLISHED, State.SENT_BACK}),
    State.SENT_BACK: frozenset(),
    State.PUBLISHED: frozenset({State.REVISED, State.WITHDRAWN}),
    State.REVISED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
AFTER: dict[Stage, State] = {
    Stage.BUILT: State.DRAFT,
    Stage.CHECKED: State.CHECKED,
    Stage.SENT_BACK: State.SENT_BACK,
    Stage.PUBLISHED: State.PUBLISHED,
    Stage.WITHDRAWN: State.WITHDRAWN,
}
