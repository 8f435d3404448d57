"""Every page of a record is among those that a browser looks at, or says here why it is not."""

import ast
import re
from pathlib import Path

from tools.access_matrix import Address, addresses

TESTS = Path(__file__).resolve().parent.parent
SENT = "takes only what is sent, and shows another page"
PAPER = "a file, not a page"
NARROW = "looked at on a telephone with all pages of staff, by tests/matrix/test_narrow.py"
LATER = "no browser looks at it yet"
NOT_LOOKED_AT = {
    "reports:reveal": SENT,
    "reports:open_case": SENT,
    "reports:accept": SENT,
    "cases:call": SENT,
    "cases:name": NARROW,
    "cases:unname": SENT,
    "orders:issue": SENT,
    "reports:refused": PAPER,
    "cases:said_paper": PAPER,
    "cases:death_paper": PAPER,
    "cases:sheet": PAPER,
    "risk:paper": PAPER,
    "orders:paper": PAPER,
    "cases:reach": "looked at with an address that is made of two ids",
    "reports:forward": LATER,
    "reports:join": LATER,
    "reports:take_back": LATER,
    "reports:send_back": LATER,
    "reports:answer": LATER,
    "reports:route": LATER,
    "cases:doubt": LATER,
    "cases:clear_doubt": LATER,
    "cases:end_speaker": LATER,
    "risk:measure": LATER,
    "risk:again": LATER,
    "missing:again": LATER,
    "offences:of_report": LATER,
    "offences:add_person": LATER,
    "offences:withdraw": LATER,
}


def _matches(address: Address) -> re.Pattern[str]:
    parts = re.split(r"<[^>]+>", address.pattern)
    return re.compile("^/" + "[^/]+".join(map(re.escape, parts)) + "$")


def _looked_at() -> set[str]:
    """Every address that a list of looks names, an id in it replaced by one sign."""
    found = set()
    for file in TESTS.glob("**/*look*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                said = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]  # parts of a text
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                said = node.value
            else:
                continue
            if "/" in said and " " not in said:
                found.add(re.sub(r"\{[^}]*\}", "X", said[said.index("/") :].split("?")[0]))
    return found


def test_a_page_of_a_record_that_no_browser_looks_at_says_why() -> None:
    looked = _looked_at()
    of_records = [address for address in addresses("staff") if address.is_of_record]
    missing = {one.name for one in of_records if not any(_matches(one).match(each) for each in looked)}
    assert missing == NOT_LOOKED_AT.keys()


def test_the_breach_of_special_requirements_is_looked_at() -> None:
    assert "courts:breach" not in NOT_LOOKED_AT
    assert any(each.endswith("/decisions/X/breach/") for each in _looked_at())
