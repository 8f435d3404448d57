"""Who looked, and who was refused: each page of a record leaves its row in the journal, each refusal one of its own."""

import pytest

from qorgan.agencies.terms import ROLES
from qorgan.base.models import JournalEntry
from tests.matrix import cast
from tests.matrix.asking import asked_with, methods_of, path_of, undone, word
from tests.matrix.conftest import Scene
from tests.matrix.forms import forms
from tools.access_matrix import NOT_ALLOWED, YES, Address, Line, addresses, line_of

_ALL = [(name, address, line) for address in addresses("staff") for name, line in asked_with(address, line_of(address))]
OF_RECORDS = [one for one in _ALL if one[1].is_of_record]
each = pytest.mark.parametrize(("address", "line"), [one[1:] for one in OF_RECORDS], ids=[one[0] for one in OF_RECORDS])


def asked(scene: Scene, login: str, method: str, path: str, typed: dict[str, object]) -> tuple[str, list[str]]:
    """What someone was told, and what the journal then says of it."""
    last = JournalEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with undone():
        client = scene.browser(login)
        told = client.get(path) if method == "GET" else client.post(path, typed)
        rows = JournalEntry.objects.filter(id__gt=last, staff_id=cast.of(login).staff_id)
        return word(told), list(rows.values_list("kind", flat=True))  # type: ignore[arg-type]  # the client's response


@each
def test_every_page_of_a_record_is_written_down_as_a_look(scene: Scene, address: Address, line: Line) -> None:
    path = path_of(address, scene.given(address.parameters, dict(line.given[0])))
    for method in methods_of(scene.browser("inspector"), path):
        role = next((one for one in ROLES if line.answer(cast.permissions(one), role=one, method=method) == YES), None)
        if role is None or (method == "POST" and address.name not in ("reports:reveal",)):
            continue
        told, kinds = asked(scene, cast.CAST[role], method, path, forms(scene.story).get(address.name, {}))
        assert told == YES
        looks = [kind for kind in kinds if kind.startswith("web.")]
        assert len(looks) == 1 and looks[0].endswith((".seen", ".exported")), kinds


@each
def test_every_refusal_is_written_down_once(scene: Scene, address: Address, line: Line) -> None:
    path = path_of(address, scene.given(address.parameters, dict(line.given[0])))
    for method in methods_of(scene.browser("inspector"), path):
        told, kinds = asked(scene, "press", method, path, {})
        assert (told, kinds) == (NOT_ALLOWED, ["web.request.refused"]), method
        role = next(one for one in ROLES if line.permission in cast.permissions(one))
        told, kinds = asked(scene, cast.login("shut", role), method, path, {})
        assert kinds == ["web.request.refused"], (method, role)
