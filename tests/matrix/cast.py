"""Who asks: of each role someone in sight of the story, someone from elsewhere, someone shut out; and some beside."""

from datetime import UTC, datetime
from uuid import UUID

from django.test import Client

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Agency, Mandate, Staff
from qorgan.agencies.terms import ROLES, AdmissionGround, BlockGround, Purpose
from qorgan.base import ids
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from tests.conftest import actor
from tests.matrix.story import Story
from tests.roles import as_process
from tests.web.pages import signed_in

# Of each role someone who has the place of the story in sight. A new role adds its line.
CAST = {
    "call_taker": "calltaker",
    "desk_officer": "desk",
    "district_inspector": "inspector",
    "unit_head": "head",
    "prosecutor": "prosecutor",
    "court_clerk": "clerk",
    "statistician": "statistician",
    "checker": "checker",
    "press_officer": "press",
    "ombudsman": "ombudsman",
    "administrator": "admin",
    "specialist": "centre",
}
TELLER = "teller"  # an inspector of the place who tells the story, so that every other may be shut out of it
ELSEWHERE, THERE = 3905, "kostanay-rudny-police"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SYSTEM = Actor(name="tests", role="system")


def login(kind: str, role: str) -> str:
    """What the shut-out or the far person of a role is called."""
    return f"{kind}-{role}"


def hire() -> None:
    """Of each role a person who will be shut out and one of another region, beside the one in sight; and the teller."""
    with as_process(Process.MIGRATOR):
        _hire(TELLER, like=_mandate("inspector"))
        for role in ROLES:
            held = _mandate(CAST[role])
            _hire(login("shut", role), like=held)
            _hire(login("far", role), like=held, territory_id=ELSEWHERE, agency=Agency.objects.get(code=THERE))


def _mandate(of: str) -> Mandate:
    return Mandate.objects.select_related("agency").get(staff__login=of)


def _hire(name: str, *, like: Mandate, **changes: object) -> None:
    staff = Staff.objects.create(login=name, password="!", names={"kk": name}, ranks={}, language="")
    held = {"agency": like.agency, "territory_id": like.territory_id, "role": like.role, "purpose": like.purpose}
    Mandate.objects.create(id=ids.new(), staff=staff, valid_from=SINCE, **{**held, **changes})


def logins() -> list[str]:
    """Everyone of the cast."""
    return [*CAST.values(), *(login(kind, role) for kind in ("shut", "far") for role in ROLES)]


def of(name: str) -> Actor:
    """The actor of someone's only mandate."""
    return actor(name)


def shut(story: Story, *, who: str, now: datetime) -> None:
    """Shut every thread of the story to a person, as kin of a party."""
    with acting(of("head")):
        for thread in story.threads:
            actions.block(
                staff_id=of(who).staff,
                thread_id=thread,
                territory_id=story.territory_id,
                ground=BlockGround.KIN,
                by=of("head"),
                now=now,
            )


def entrust(thread: UUID, story: Story, *, to: str, now: datetime) -> UUID:
    """Let a person from elsewhere into one thread; the admission."""
    with acting(of("head")):
        return actions.admit(
            thread_id=thread,
            territory_id=story.territory_id,
            ground=AdmissionGround.ROUTED,
            purpose=Purpose.DOMESTIC_VIOLENCE,
            until=None,
            staff_id=of(to).staff,
            by=of("head"),
            now=now,
        ).id


def browser(who: str) -> Client:
    """A browser of someone of the cast, in English."""
    return signed_in(who)


def inside(who: str, admission: UUID) -> Client:
    """A browser of someone who has entered a file."""
    client = browser(who)
    assert client.post(f"/entrusted/{admission}/enter/").status_code == 303
    return client


def permissions(role: str, *, within: bool = False) -> frozenset[str]:
    """What a role allows; `within` one file, where nothing new is begun."""
    held = ROLES[role]
    return (held.permissions | held.inside) - queries.BEGINS if within else held.permissions
