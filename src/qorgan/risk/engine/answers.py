"""Six kinds of answer. What is not known is never a no."""

from enum import StrEnum


class Answer(StrEnum):
    """What was answered to one question. Five of the six leave it open, each in its own way, or say yes or no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # was asked, and does not know
    REFUSED = "refused"  # was asked, and does not want to say
    NOT_ASKED = "not_asked"
    NOT_SAFE = "not_safe"  # asking it now would put her in danger

    @property
    def is_given(self) -> bool:
        """Whether it says yes or no."""
        return self in (Answer.YES, Answer.NO)


class Faulty(ValueError):
    """The data of an instrument contradict themselves, or say something that the program does not know."""
