"""A form that changes a record carries what its reader saw; the few that change none say why."""

import re
from pathlib import Path

import pytest

from tests.architecture.guards import contracts

PAGES = contracts.HOUSE / "web" / "templates"
CHANGES_NO_RECORD = {
    # templates with a form that is sent without what was seen: why nobody can be overwritten by it
    "_languages.html": "the language of the pages is one's own",
    "base_staff.html": "signing out, and leaving an entrusted file",
    "claims/_answer.html": "a text to be checked; nothing of it is kept",
    "claims/_box.html": "the same box, where a text is pasted",
    "claims/page.html": "the same page, with its reading to be mended",
    "courts/send.html": "sends a new court case; what was sent before is refused by its own rule",
    "door/_tell.html": "a new report; pressed twice, it is still one",
    "door/back.html": "opens or destroys what is one's own, by one's own code",
    "door/back_child.html": "the same, in words for a child",
    "door/q.html": "one's own answers, page by page; nobody else has them",
    "door/sent.html": "what one chooses for one's own code",
    "door/sent_child.html": "the same, in words for a child",
    "duties/calendar.html": "makes or withdraws the address of one's own calendar",
    "entrusted/index.html": "enters a file: a matter of one's own session",
    "figures/announce.html": "announces a release that is not drawn up yet",
    "figures/build.html": "draws up a new release; those that stand are frozen",
    "figures/step.html": "a release is frozen and its steps are appended; one that no longer follows is refused",
    "cases/reach.html": "its second form shows the number, if she may be called now, and changes nothing",
    "calls/contact.html": "its other forms show the number, take back one's own, or block; what is told carries it",
    "cases/ask_review.html": "asks anew; one person asks once until the answer, by its own rule",
    "calls/away.html": "its other forms take a new call, and take back one's own; what is told carries it",
    "calls/index.html": "takes a new call, and takes back what one said oneself seconds ago",
    "kin/index.html": "declares one more, and takes back one's own; both are one's own",
    "law/enter.html": "a new value of the law; one that stands for the same days is refused, and it is shown first",
    "life/report.html": "a new report; those that stand are never changed, and one document is refused twice",
    "missing/new.html": "a new alarm; pressed twice, it is still one",
    "offences/new.html": "registers a new offence",
    "people/index.html": "a search: it changes nothing",
    "people/pair.html": "the same overlay, or a proposal refused; said or taken back twice, it is refused",
    "people/person.html": "an overlay: nothing of a record is changed; said or taken back twice, it is refused",
    "referrals/referral.html": "its one form without it enters the file that was accepted",
    "reports/_file_form.html": "a file's rows are new reports; a row sent again adds nothing",
    "reports/answer.html": "one more answer; those that stand are never changed",
    "reports/new.html": "a new report",
    "reviews/block.html": "its second form enters the file: a matter of one's own session",
    "reviews/opening.html": "the same: its second form enters the file",
    "urgent/index.html": "opens a file for oneself; what it adds is new",
    "staff/channel.html": "opens a new channel",
    "staff/channel_step.html": "one key more, or closed for good: a closed channel is refused by its own rule",
    "staff/mandate.html": "a new mandate; those that stand are never changed, only ended",
    "staff/new.html": "enters a new person; a login that is taken is refused",
    "staff/step.html": "one act on a person, refused by its own rule where another administrator has done it",
    "reports/report.html": "its second form shows address and telephone whole, and changes nothing",
    "shredding/holds.html": "forbids once more: what others forbade stands beside it",
    "shredding/ask.html": "asks for something; what stands already is refused, and nothing is destroyed by it",
}
OWN = ("account/", "mfa/")  # one's own sign-in, which nobody else writes to
_FORM = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.DOTALL)


def _unseen(text: str) -> int:
    """How many forms of a template are sent without what their reader saw."""
    forms: list[str] = _FORM.findall(text)
    return sum("form.seen" not in form and 'name="seen"' not in form for form in forms)


def _templates() -> dict[str, Path]:
    found = {str(path.relative_to(PAGES)): path for path in PAGES.rglob("*.html")}
    return {name: path for name, path in sorted(found.items()) if not name.startswith(OWN)}


def test_every_form_that_changes_a_record_carries_what_was_seen() -> None:
    unseen = {name for name, path in _templates().items() if _unseen(path.read_text(encoding="utf-8"))}
    assert unseen == set(CHANGES_NO_RECORD)
    assert all(len(why) > 10 for why in CHANGES_NO_RECORD.values())


def test_only_one_form_of_a_report_changes_nothing() -> None:
    assert _unseen((PAGES / "reports" / "report.html").read_text(encoding="utf-8")) == 1


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        ('<form method="post">{% csrf_token %}</form>', 1),
        ('<form method="post">{% csrf_token %}{{ form.seen }}</form>', 0),
        ('<form class="x" method="post"><input name="seen" value="1"></form><form method="post"></form>', 1),
        ('<form method="get"></form>', 0),
    ],
)
def test_a_form_without_what_was_seen_is_caught(text: str, unseen: int) -> None:
    assert _unseen(text) == unseen
