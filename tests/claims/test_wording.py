"""Every verdict is one sentence that needs no mathematics, in each language, with the inequality behind it."""

import pytest
from django.utils import translation

from qorgan.claims import phrases, wording
from qorgan.claims.engine import solver
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.statement import Thing
from tests.claims.made import AFTER, Text, by_options, ends, kept

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """One language after another."""
    return str(request.param)


def test_every_verdict_has_words_in_every_language() -> None:
    for each in Verdict:
        said = set()
        for language in LANGUAGES:
            with translation.override(language):
                said.add(str(phrases.VERDICTS[each]))
        assert len(said) == 3


def test_minors_in_one_sentence() -> None:
    claim = kept("offences-by-minors")
    answers = solver.check(claim)
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = [wording.sentence(claim, answer) for answer in answers]
    assert said["en"] == [
        "These figures cannot all be true if the parts named are all of “offences by minors”: by the others "
        "“offences by minors” fell by 14.5% to 29.5%, but the text says: “offences by minors” fell by 6%.",
        "The figures do not contradict one another, but only if this is so: the unnamed part of "
        "“offences by minors” fell by at most 6.5%, or rose.",
    ]
    assert "снижение на 6\u00a0%" in said["ru"][0]
    assert "6\u00a0% төмендеу" in said["kk"][0]
    assert "неназванная часть «правонарушения несовершеннолетних»" in said["ru"][1]
    assert "аталмаған бөлік – төмендеу ең көбі 6,5\u00a0%" in said["kk"][1]


def test_the_unnamed_part_of_the_twofold_fall_fell_by_half_at_least() -> None:
    claim = kept("twofold-fall")
    answer = by_options(solver.check(claim), places="nested", parts_women="some", parts_violent="some", fold="exact")
    with translation.override("ru"):
        assert "снижение не менее чем на 50\u00a0%" in wording.sentence(claim, answer)
        assert "доля не менее 19,4\u00a0%" in wording.sentence(claim, answer)


def test_a_contradiction_shows_what_was_said_what_follows_and_that_they_differ() -> None:
    claim = kept("offences-by-minors")
    answer = solver.check(claim)[0]
    with translation.override("en"):
        lines = wording.inequalities(claim, answer)
    assert lines[0] == "0.705 × “homicide” (before) ≤ “homicide” (now) ≤ 0.715 × “homicide” (before)"
    assert lines[3] == "“offences by minors” = “homicide” + “theft” + “robbery”"
    assert [line[0] for line in lines[-2:]] == ["⇒", "≠"]


def test_each_answer_of_each_claim_has_a_sentence_and_a_reading(language: str) -> None:
    for name in ("every-twelfth-call", "crisis-centres", "reports-orders-decisions"):
        claim = kept(name)
        answers = solver.check(claim)
        with translation.override(language):
            for answer in answers:
                assert wording.sentence(claim, answer).endswith(".")
                assert bool(wording.reading(claim, answer)) == bool(answer.reading.said)
                assert all("%(" not in wording.finding(claim, each) for each in answer.findings)


def test_bounds_are_never_rounded_to_say_more_than_was_found() -> None:
    text = Text(Thing(id="all"), Thing(id="a", of="all")).level("all", 3).level("a", 2)
    answer = by_options(text.answers, parts_all="some")
    check = next(each for each in answer.checks if each.owner == "s0")
    with translation.override("en"):
        assert ends(check.allowed)[0] == 2
        assert wording.clause(text.claim, check, check.allowed) == "“all” (before) came to at least 2"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(100, 81, "fell by 19%"), (100, 125, "rose by 25%"), (100, 100, "stayed the same"), (3, 2, "fell by 33.33%")],
)
def test_a_change_is_told_as_a_fall_or_a_rise(before: int, after: int, said: str) -> None:
    text = Text(Thing(id="theft")).level("theft", before).level("theft", after, AFTER).fell("theft", 19)
    (answer,) = text.answers
    check = answer.headline
    assert check is not None
    with translation.override("en"):
        assert wording.clause(text.claim, check, check.allowed) == f"“theft” {said}"


def test_what_cannot_be_checked_says_what_is_missing() -> None:
    claim = kept("twofold-fall")
    answer = by_options(solver.check(claim), places="siblings", parts_women="some", fold="loose")
    with translation.override("en"):
        assert "how large the unnamed part of “crimes infringing women's rights” is, is not said" in wording.sentence(
            claim, answer
        )
