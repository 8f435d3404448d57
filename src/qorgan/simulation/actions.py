"""The one write of the simulation that is not an act of a caseworker: the place is given its invented offices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from qorgan.agencies import queries as offices_of
from qorgan.agencies.models import Agency, Mandate, Staff
from qorgan.agencies.terms import Kind, Purpose
from qorgan.base import country, ids, journal
from qorgan.base.scope import Actor
from qorgan.simulation.engine.ground import District, Ground


@dataclass(frozen=True)
class _Office:
    """An office and the person who acts for it; or, of the office `of`, another one who does."""

    code: str
    kind: Kind
    territory: int
    role: str
    names: Mapping[str, str]
    head: Mapping[str, str]
    of: str = ""


def centre_code(region: int) -> str:
    """The code of the invented crisis centre of a region, and the login of its specialist."""
    return f"simulated-centre-{region}"


def line_code(region: int) -> str:
    """The code of the invented trust line of a region, and the login of its call-taker."""
    return f"simulated-line-{region}"


def overseer_code(region: int) -> str:
    """The code of the invented prosecutor's office of a region, and the login of its prosecutor."""
    return f"simulated-prosecutor-{region}"


def military_code(region: int) -> str:
    """The code of the invented military police of a region, and the login of who answers there."""
    return f"simulated-military-{region}"


def guardian_code(region: int) -> str:
    """The login of who acts for the guardianship authority of a region, and the code of the office where none is."""
    return f"simulated-guardianship-{region}"


OMBUDSMAN = "simulated-ombudsman"  # the login of the one who answers, and the code of the office where none is


NO_PASSWORD = "!"  # Django's mark: nobody signs in with it


def police_code(district: int) -> str:
    """The code of the invented police of a district, and the login of its officer."""
    return f"simulated-police-{district}"


def second_code(district: int) -> str:
    """The login of the second officer of the invented police of a district."""
    return f"{police_code(district)}-second"


def court_code(region: int) -> str:
    """The code of the invented court of a region, and the login of its clerk."""
    return f"simulated-court-{region}"


@transaction.atomic
def settle(*, ground: Ground, by: Actor, now: datetime, since: datetime) -> int:
    """Give every district a police office of two; every region a court, a crisis centre, a trust line, a prosecutor,
    military police; and the guardianship authority of each, and the ombudsman, whose office may be there, one more
    person.

    The invented officers are in office `since`. How many offices there are. Doing it again changes nothing. No
    permission of its own: the command that calls it runs as the migrator, in a place whose records are made up.
    """
    offices = {office.code: office for office in (*_offices(ground), *_guardians(ground), _ombudsman(ground))}
    held = [office for office in offices.values() if not office.of]
    known = set(Staff.objects.filter(login__in=offices).values_list("login", flat=True))
    _open([office for code, office in offices.items() if code not in known], since=since)
    journal.write(
        kind="simulation.offices.settled",
        thing="country",
        thing_id=country.code(),
        by=by,
        now=now,
        detail={"count": len(held)},
    )
    return len(held)


def _open(offices: list[_Office], *, since: datetime) -> None:
    agencies = [
        Agency(id=ids.new(), code=one.code, kind=one.kind, territory_id=one.territory, names=dict(one.names))
        for one in offices
        if not one.of
    ]
    held = {
        one.code: one for one in (*Agency.objects.filter(code__in=[one.of for one in offices if one.of]), *agencies)
    }
    staff = [
        Staff(id=ids.new(), login=one.code, names=dict(one.head), ranks={}, password=NO_PASSWORD) for one in offices
    ]
    mandates = [
        Mandate(
            id=ids.new(),
            staff=head,
            agency=held[one.of or one.code],
            role=one.role,
            territory_id=one.territory,
            purpose=Purpose.DOMESTIC_VIOLENCE,
            valid_from=since,
        )
        for one, head in zip(offices, staff, strict=True)
    ]
    Agency.objects.bulk_create(agencies)
    Staff.objects.bulk_create(staff)
    Mandate.objects.bulk_create(mandates)


# The offices of a region: its code, kind, the role of its head, and the words for the office and the head.
_BESIDE = (
    (court_code, Kind.COURT, "court_clerk", "court", "clerk"),
    (centre_code, Kind.CRISIS_CENTRE, "specialist", "centre", "specialist"),
    (line_code, Kind.TRUST_LINE, "call_taker", "line", "call_taker"),
    (overseer_code, Kind.PROSECUTOR, "prosecutor", "prosecutor", "overseer"),
    (military_code, Kind.MILITARY_POLICE, "specialist", "military", "military_officer"),
)


def _offices(ground: Ground) -> list[_Office]:
    words = ground.assumptions.words["offices"]
    police = [_police(district, words) for district in ground.districts]
    police += [replace(one, code=second_code(one.territory), head=words["second"], of=one.code) for one in police]
    regions = {district.region: district.region_name for district in ground.districts}
    beside = [
        _Office(
            code=code_of(region),
            kind=kind,
            territory=region,
            role=role,
            names=_named(words[office], name),
            head=words[head],
        )
        for code_of, kind, role, office, head in _BESIDE
        for region, name in regions.items()
    ]
    return police + beside


def _ombudsman(ground: Ground) -> _Office:
    """Who answers for the ombudsman of the country; an office of its own where the country brings none."""
    words = ground.assumptions.words["offices"]
    top = offices_of.chain(ground.districts[0].id)[-1]
    held = offices_of.agency_for(top, Kind.OMBUDSMAN.value)
    return _Office(
        code=OMBUDSMAN,
        kind=Kind.OMBUDSMAN,
        territory=top,
        role="ombudsman",
        names=words["ombudsman"],
        head=words["commissioner"],
        of=held.code if held and held.code != OMBUDSMAN else "",
    )


def _guardians(ground: Ground) -> list[_Office]:
    """Who acts for the guardianship authority of each region; an office of its own where the country brings none."""
    words = ground.assumptions.words["offices"]
    found = []
    for region, name in {district.region: district.region_name for district in ground.districts}.items():
        code, held = guardian_code(region), offices_of.agency_for(region, Kind.GUARDIANSHIP.value)
        found.append(
            _Office(
                code=code,
                kind=Kind.GUARDIANSHIP,
                territory=region,
                role="specialist",
                names=_named(words["guardianship"], name),
                head=words["guardian"],
                of=held.code if held and held.code != code else "",
            )
        )
    return found


def _police(district: District, words: Mapping[str, Mapping[str, str]]) -> _Office:
    return _Office(
        code=police_code(district.id),
        kind=Kind.POLICE_DISTRICT,
        territory=district.id,
        role="unit_head",
        names=_named(words["police"], f"{district.region_name}, {district.name}"),
        head=words["officer"],
    )


def _named(words: Mapping[str, str], place: str) -> dict[str, str]:
    return {language: text.format(place=place) for language, text in words.items()}
