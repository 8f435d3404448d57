"""What an order's paper says, as values.

What it must contain: law 214-IV Art. 20, law 245-VIII Art. 60 (`orders.contents`). There is no field for an address
or a telephone: a paper that reaches the offender must not be able to say where she is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Texts = Mapping[str, str]  # the same thing by language: {"kk": ..., "ru": ...}


@dataclass(frozen=True)
class Officer:
    """Who issued it: post with its unit, rank, full name, and the short name beside the signature."""

    post: Texts
    rank: Texts
    name: Texts
    short: Texts


@dataclass(frozen=True)
class Addressee:
    """Against whom. `short` is the surname with initials; `iin` is the individual number, empty where unknown."""

    name: Texts
    short: Texts
    born_on: date | None = None
    iin: str = ""


@dataclass(frozen=True)
class ProtectedPerson:
    """Whom it protects. `age` is printed for children only: the caller leaves it out for others."""

    name: Texts
    age: int | None = None
    bond: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Provision:
    """An article of an act; the name of the act as it bears it, with date and number."""

    act: Texts
    article: str


@dataclass(frozen=True)
class Refusal:
    """The addressee did not sign: why, as he put it (empty: no reason given), and who witnessed it."""

    reason: Texts = field(default_factory=dict)
    witness: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class OrderPaper:
    """Everything that the paper says.

    `issued_at` None: a draft, which says so. `served_at` None: its term does not run, the places for time and
    signatures are left blank. `check_days` None: no interval is on record for that day. `term_days` counts periods of
    24 hours. `term_basis` and `check_basis` are the provisions of the two clocks, `to_verify` those of them (`term`,
    `checks`) that are to be verified. `breaches`: when, and what followed; never who told of it, for the addressee
    reads this. `is_signed` None: nothing is said of a signature in the file. Moments are printed
    on the clock of `zone`, an IANA name.
    """

    agency: Texts
    number: str
    case_number: str
    officer: Officer
    place: Texts
    zone: str
    addressee: Addressee
    protected: tuple[ProtectedPerson, ...]
    circumstances: Texts
    basis: tuple[Provision, ...]
    prohibitions: tuple[Texts, ...]
    breach: Provision | None
    issued_at: datetime | None = None
    term_days: int | None = None
    served_at: datetime | None = None
    ends_at: datetime | None = None
    check_days: int | None = None
    check_dates: tuple[date, ...] = ()
    refusal: Refusal | None = None
    appeal_is_verified: bool = False
    copies: Texts = field(default_factory=dict)
    breaches: tuple[Texts, ...] = ()
    term_basis: Provision | None = None
    check_basis: Provision | None = None
    to_verify: frozenset[str] = frozenset()
    check_hash: str = ""
    is_signed: bool | None = None
    is_synthetic: bool = False
