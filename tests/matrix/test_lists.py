"""Lists, counts, searches, exports: for someone shut out they are what they would be had nothing happened at all.

Each surface is read in a world where the story was never told, and again after it was; the two must be one.
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from qorgan.agencies.terms import ROLES
from qorgan.base import clock
from tests import factories
from tests.matrix import cast
from tests.matrix.asking import Told, ask, asked_with, path_of, plain, undone
from tests.matrix.conftest import NEVER_WAS, NOW, Scene, tell
from tests.matrix.story import Story, told
from tests.matrix.surfaces import SURFACES, Surface
from tools.access_matrix import addresses, line_of

LISTS = [
    (name, address, line)
    for address in addresses("staff")
    for name, line in asked_with(address, line_of(address))
    if not address.is_of_record
    and line.open_to == "mandate"
    and not {"number", "value_id", *NEVER_WAS} & set(address.parameters)
]
SEEN = ("call_taker", "desk_officer", "district_inspector", "unit_head", "prosecutor", "court_clerk", "statistician")
Read = dict[tuple[str, str], object]


def pages(scene: Scene, story: Story | None) -> Read:
    """Every list, as each shut-out person of a role that sees one reads it; with a story, its numbers are sought."""
    found: Read = {}
    for name, address, line in LISTS:
        if {"request_id", "admission_id", "pk"} & set(address.parameters):
            continue
        path = path_of(address, dict(line.given[0]), line.query.format(**scene.beside))
        for role in SEEN if of_records(name) else ("unit_head",):
            if not line.permission or line.permission in cast.permissions(role):
                found[name, role] = _read(scene, role, path)
    return found


def of_records(name: str) -> bool:
    """Whether a list is drawn from records: the law and the figures are the same for all."""
    return not name.startswith(("law:", "figures:"))


def _read(scene: Scene, role: str, path: str) -> Told:
    return plain(ask(scene.browser(cast.login("shut", role)), "GET", path))


def surfaces(who: str, story: Story) -> Read:
    """Every surface that is no address, as a person meets it."""
    return {(one.name, who): one.ask(cast.of(who), story) for one in SURFACES}


@pytest.fixture(scope="module")
def empty(bare: None) -> Scene:
    """Everyone is hired; another file of the same place stands there, so that no list is empty."""
    told(by=cast.of("juvenile"), clerk=cast.of("clerk"), now=NOW)
    made = Scene(None, None, {"agency_id": cast.of("inspector").agency})  # type: ignore[arg-type]  # no story yet
    made.open_browsers()
    return made


@pytest.fixture(scope="module")
def before(empty: Scene) -> Read:
    """What was read while the story was not told."""
    return pages(empty, None)


@pytest.fixture(scope="module")
def after(empty: Scene, before: Read) -> Iterator[Story]:
    """The story, told now; of each role one is shut out of it."""
    with undone(), clock.frozen(NOW):
        story = tell()
        for role in ROLES:
            cast.shut(story, who=cast.login("shut", role), now=NOW)
        yield story


@pytest.mark.parametrize("name", [one[0] for one in LISTS])
def test_a_list_is_for_someone_shut_out_as_if_nothing_had_happened(
    empty: Scene, before: Read, after: Story, name: str
) -> None:
    for (listed, role), was in before.items():
        if listed == name:
            address, line = next((one[1], one[2]) for one in LISTS if one[0] == name)
            path = path_of(address, dict(line.given[0]), line.query.format(**empty.beside))
            assert _read(empty, role, path) == was, role


SOUGHT = {  # series of numbers are independent: in each area those of its own
    "reports": ("waiting", "desk"),
    "cases": ("case",),
    "orders": ("order",),
    "offences": ("offence", "register"),
    "courts": ("court_case",),
}


@pytest.mark.parametrize("area", SOUGHT)
def test_a_number_that_one_is_shut_out_of_is_found_no_more_than_one_that_never_was(
    empty: Scene, after: Story, area: str
) -> None:
    for role in SEEN:
        if line_of(next(one for one in addresses("staff") if one.name == f"{area}:index")).permission in (
            cast.permissions(role)
        ):
            client = empty.browser(cast.login("shut", role))
            never = plain(ask(client, "GET", f"/{area}/?number=SYN-NEVER"), "SYN-NEVER")
            for number in (after.numbers[name] for name in SOUGHT[area]):
                told = ask(client, "GET", f"/{area}/?number={quote(number)}")
                assert plain(told, number, quote(number)) == never, (role, number)


def test_someone_in_sight_would_have_read_something_else(empty: Scene, before: Read, after: Story) -> None:
    for path, role in (("/reports/", "unit_head"), ("/duties/no-term/", "unit_head"), ("/courts/", "court_clerk")):
        seen = ask(empty.browser(cast.CAST[role]), "GET", path).content.decode()
        assert any(number in seen for number in after.numbers.values()), path
    assert ask(empty.browser("head"), "GET", f"/orders/?number={quote(after.numbers['order'])}").status_code == 302


@pytest.mark.parametrize("surface", SURFACES, ids=[one.name for one in SURFACES])
def test_what_is_no_address_says_nothing_either(empty: Scene, after: Story, surface: Surface) -> None:
    seen = surface.ask(cast.of("head"), after)
    shut, far = (surface.ask(cast.of(cast.login(kind, "unit_head")), after) for kind in ("shut", "far"))
    nothing = surface.ask(cast.of(cast.login("shut", "unit_head")), surface.never(after))
    assert shut == far == nothing
    assert seen != shut


def test_no_list_shows_a_whole_telephone_iin_or_address(empty: Scene, after: Story) -> None:
    whole = (factories.WOMAN.iin, factories.WOMAN.phone, "".join(factories.WOMAN.phone.split()), factories.PLACE)
    for name, address, line in LISTS:
        if {"request_id", "admission_id", "pk"} & set(address.parameters) or not of_records(name):
            continue
        path = path_of(address, dict(line.given[0]), line.query.format(**empty.beside))
        for login in ("head", "prosecutor", "clerk"):
            page = ask(empty.browser(login), "GET", path).content.decode()
            assert not [text for text in whole if text in page], (name, login)
