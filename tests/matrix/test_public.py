"""The public, the web door and petitions: each address answers anyone, and a draft is no release there."""

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from tests.matrix.asking import ask, asked_with, path_of, word
from tests.matrix.conftest import Scene
from tests.matrix.headers import cookies, faults
from tests.matrix.story import nothing
from tools.access_matrix import Address, Line, addresses, line_of

OPEN = [
    (f"{process} {name}", address, line)
    for process in ("public", "door", "petitions")
    for address in addresses(process)
    for name, line in asked_with(address, line_of(address))
]


@pytest.mark.parametrize(("address", "line"), [one[1:] for one in OPEN], ids=[one[0] for one in OPEN])
def test_anyone_is_told_what_the_table_says_and_given_no_session(
    scene: Scene, settings: LazySettings, address: Address, line: Line
) -> None:
    settings.PROCESS = address.process
    settings.ROOT_URLCONF = f"qorgan.config.urls.{address.process}"
    path = path_of(address, dict(line.given[0]))
    method = "POST" if address.name.endswith("language") else "GET"
    answer = ask(Client(), method, path)
    assert word(answer) == line.allowed
    private, silent = address.process != "public", address.process == "door"
    assert faults(answer, address=address.name, private=private, silent=silent) == []
    assert cookies(answer) == []
    assert "sessionid" not in answer.cookies and (address.name.endswith(("language", "leave")) or not answer.cookies)


def test_no_address_of_staff_is_there(scene: Scene, settings: LazySettings) -> None:
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    never = nothing()
    for path in ("/reports/", f"/cases/{never['case']}/", "/sign-in/", "/api/reports", "/entrusted/", "/style/"):
        assert Client().get(path).status_code == 404, path


def test_an_answer_with_a_version_or_a_style_is_caught() -> None:
    answer = HttpResponse('<p style="color:red" onclick="x()"><img src="https://elsewhere.example/x.png">')
    answer.headers["Server"] = "granian/2.5"
    said = faults(answer, address="cases:case", private=True)
    for found in ("Server is none of ours", "style=", "onclick", "fetched: https://elsewhere", "X-Robots-Tag: None"):
        assert any(found in one for one in said), found
