"""Petitions: whether the statute applies, how many signatures are needed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.marks import Unit


class Addressee(StrEnum):
    """To whom a petition may be addressed, as far as the law on record sets a threshold."""

    GOVERNMENT = "government"
    REGION_AKIMAT = "region_akimat"
    REGION_MASLIKHAT = "region_maslikhat"
    LOCAL_AKIMAT = "local_akimat"  # of a district or a city
    LOCAL_MASLIKHAT = "local_maslikhat"
    PRESIDENT = "president"


class Statute(StrEnum):
    """Whether a paper is a petition in law, or an informal appeal from before there was one."""

    PRE_2024 = "pre_2024"
    STATUTORY = "statutory"


@dataclass(frozen=True)
class Threshold:
    """How many signatures are needed; None where the law on record does not say."""

    signatures: int | None
    answer: Answer


def applies(book: LawBook, on: date) -> bool:
    """Whether the statute on petitions is in force."""
    return book.value("petitions.statute", on).value is True


def statute(book: LawBook, on: date) -> Statute:
    """The regime of a petition made on `on`."""
    return Statute.STATUTORY if applies(book, on) else Statute.PRE_2024


def threshold(book: LawBook, addressee: Addressee, *, on: date, population: int | None = None) -> Threshold:
    """The signatures needed. A share of the population is rounded up: one signature less would be below the share."""
    answer = book.value(f"petitions.threshold.{addressee}", on)
    if not answer.decides or answer.provision is None:
        return Threshold(None, answer)
    if answer.provision.unit is Unit.PERCENT:
        needed = None if population is None else -(-population * answer.number() // 100)
        return Threshold(needed, answer)
    if addressee in (Addressee.LOCAL_AKIMAT, Addressee.LOCAL_MASLIKHAT):
        return _local(book, answer, on=on, population=population)
    return Threshold(answer.number(), answer)


def _local(book: LawBook, answer: Answer, *, on: date, population: int | None) -> Threshold:
    floor = book.value("petitions.local_population_over", on)
    if not floor.decides:
        return Threshold(answer.number(), answer)
    if population is None or population > floor.number():
        return Threshold(answer.number() if population is not None else None, answer)
    return Threshold(None, book.value("petitions.threshold.small_place", on))
