"""The words in which the law is kept: how sure a provision is, what it measures, which date decides."""

from enum import StrEnum


class Confidence(StrEnum):
    """How well a provision is known. The marks are those of the reference on the law."""

    FOUND = "F"  # read in a public source
    FOUND_WEAK = "F*"  # read in a secondary or weak source, or the text was cut off
    KNOWN_HIGH = "K-H"  # background knowledge, highly certain
    KNOWN_MEDIUM = "K-M"  # background knowledge, fairly certain
    KNOWN_LOW = "K-L"  # background knowledge, doubtful
    HOUSE = "house"  # a rule of this system: no act asks for it, and the deployment may set another
    ENTERED = "entered"  # entered by the deployment from a document it names

    @property
    def decides(self) -> bool:
        """Whether a provision of this mark may decide anything."""
        return self is not Confidence.KNOWN_LOW

    @property
    def to_verify(self) -> bool:
        """Whether every answer that rests on such a provision says so."""
        return self in (Confidence.FOUND_WEAK, Confidence.KNOWN_MEDIUM)


class Unit(StrEnum):
    """What the value of a rule measures."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"  # periods of 24 hours, counted from the moment
    CALENDAR_DAYS = "calendar_days"  # dates; ends with the last one
    WORKING_DAYS = "working_days"  # dates on which offices work; ends with the last one
    MONTHS = "months"  # same day of a later month, or its last day
    YEARS_OF_AGE = "years_of_age"
    COUNT = "count"
    TIMES_A_MONTH = "times_a_month"
    HOURS_A_DAY = "hours_a_day"
    SIGNATURES = "signatures"
    PERCENT = "percent"  # of the population of the place
    PEOPLE = "people"
    TENGE = "tenge"
    MCI = "mci"  # monthly calculation indexes
    YES_NO = "yes_no"
    ARTICLE = "article"  # a code and an article, as `CC 108-1`
    ARTICLES = "articles"
    LIST = "list"
    TEXT = "text"


DURATIONS = frozenset(
    {Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.MONTHS},
)
LISTS = frozenset({Unit.ARTICLES, Unit.LIST})
TEXTS = frozenset({Unit.ARTICLE, Unit.TEXT})


class JudgedBy(StrEnum):
    """Which date chooses the provision. An act and a decision about it may fall under different laws."""

    ACT = "act"  # the day the violence or offence happened
    MEASURE = "measure"  # the day the measure was taken: an order served, a stay begun
    EVENT = "event"  # the day of the event that starts a term: a report received, a petition registered


class Standing(StrEnum):
    """What an answer of the book may be used for."""

    DECIDES = "decides"
    TO_VERIFY = "to_verify"  # decides, and whatever rests on it says so
    VERIFY_FIRST = "verify_first"  # a value is claimed but decides nothing until the deployment enters one
    NOT_ON_RECORD = "not_on_record"  # the law is silent here, or nobody found it: a person routes


class Doubt(StrEnum):
    """Why an answer is to be verified."""

    CONFIDENCE = "confidence"  # the mark of the provision
    START = "start"  # the day it came into force is not known exactly, and this date lies near it
    CONFLICT = "conflict"  # public sources disagree


class Proceeding(StrEnum):
    """Before whom an offence goes."""

    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"
