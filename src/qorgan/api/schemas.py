"""What goes over the wire."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from qorgan.people.terms import Sex
from qorgan.reports.terms import Channel, Serving


class NamedIn(Schema):
    """A person as the sender names her."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("", max_length=300)
    surname: str = Field("", max_length=120)
    given: str = Field("", max_length=120)
    patronymic: str = Field("", max_length=120)
    iin: str = Field("", max_length=20)
    phone: str = Field("", max_length=40)
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN


class ReportIn(Schema):
    """A report as a sender hands it in. `registered_at` carries its offset from UTC.

    `serving` is her answer to: does he, or someone near him, serve in police, court, army, or here? A yes seals the
    report from its first second: its sender gets the number, and reads nothing more of it.

    A field that is not known here is refused: words that are dropped without a sound are words that are lost.
    """

    model_config = ConfigDict(extra="forbid")

    channel: Channel
    registered_at: datetime
    serving: Serving = Serving.NOT_ASKED
    kui_no: str = Field("", max_length=40)
    narrative: str = Field("", max_length=100_000)
    address: str = Field("", max_length=1000)
    victim: NamedIn | None = None
    suspect: NamedIn | None = None
    reporter: NamedIn | None = None


class ReportOut(Schema):
    """The acknowledgement: once it is given, the report is committed."""

    id: UUID
    number: str
    is_new: bool
    received_at: datetime


class SpooledOut(Schema):
    """The acknowledgement while the database is away: the report is on the disk, and will bear this id."""

    id: UUID
    is_new: bool
    received_at: datetime


class Problem(Schema):
    """Why something was refused (RFC 9457 in its simplest form)."""

    code: str
    title: str
    status: int
    field: str | None = None
