"""What the law on record sets for an article: each sanction with its days and doubt. Nothing is derived here."""

from dataclasses import dataclass

from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook
from qorgan.offences.models import Offence
from qorgan.web.law.rows import Said, name_of, said


@dataclass(frozen=True)
class Sanction:
    """A rule about the sanctions of an article, with what it says in each span of days, the oldest first."""

    name: str
    spans: list[Said]


def of_article(offence: Offence) -> list[Sanction]:
    """The sanctions on record for the article of an offence, in the order of their rules; which one holds is not said.

    A rule is of an article by its key: `penalties.koap_461_arrest` of KoAP 461.
    """
    book, stem = law.book(), f"penalties.{offence.code}_{offence.article}".lower().replace("-", "_")
    keys = [key for key in book.keys(stem) if _is_of(key.removeprefix(stem))]
    return [Sanction(name_of(book.rule(key)), _spans(book, key)) for key in keys]


def _is_of(rest: str) -> bool:
    """Whether a key goes on with a word: `_arrest` is of the article, `_1` and `1` are of others."""
    return not rest or (rest.startswith("_") and not rest[1:2].isdigit())


def _spans(book: LawBook, key: str) -> list[Said]:
    held = [*book.rule(key).provisions, *book.entered.get(key, ())]
    return [said(one) for one in sorted(held, key=lambda one: (one.valid_from is not None, one.valid_from))]
