"""Kazakh suffixes after figures, against lists written by ear: every number from 0 to 1000, decimals, per cents."""

import pytest

from qorgan.base import words

# By ear, ten to a line: 0-9, 10-19 ... 90-99.
DATIVE = """
    ге ге ге ке ке ке ға ге ге ға
    ға ге ге ке ке ке ға ге ге ға
    ға ге ге ке ке ке ға ге ге ға
    ға ге ге ке ке ке ға ге ге ға
    қа ге ге ке ке ке ға ге ге ға
    ге ге ге ке ке ке ға ге ге ға
    қа ге ге ке ке ке ға ге ге ға
    ке ге ге ке ке ке ға ге ге ға
    ге ге ге ке ке ке ға ге ге ға
    ға ге ге ке ке ке ға ге ге ға
"""
ABLATIVE = """
    ден ден ден тен тен тен дан ден ден дан
    нан ден ден тен тен тен дан ден ден дан
    дан ден ден тен тен тен дан ден ден дан
    дан ден ден тен тен тен дан ден ден дан
    тан ден ден тен тен тен дан ден ден дан
    ден ден ден тен тен тен дан ден ден дан
    тан ден ден тен тен тен дан ден ден дан
    тен ден ден тен тен тен дан ден ден дан
    нен ден ден тен тен тен дан ден ден дан
    нан ден ден тен тен тен дан ден ден дан
"""
POSSESSIVE = """
    і і сі і і і сы сі і ы
    ы і сі і і і сы сі і ы
    сы і сі і і і сы сі і ы
    ы і сі і і і сы сі і ы
    ы і сі і і і сы сі і ы
    і і сі і і і сы сі і ы
    ы і сі і і і сы сі і ы
    і і сі і і і сы сі і ы
    і і сі і і і сы сі і ы
    ы і сі і і і сы сі і ы
"""
HUNDRED = {"dative": "ге", "ablative": "ден", "possessive": "і"}
THOUSAND = {"dative": "ға", "ablative": "нан", "possessive": "ы"}
BELOW_HUNDRED = {"dative": DATIVE.split(), "ablative": ABLATIVE.split(), "possessive": POSSESSIVE.split()}


def by_ear(number: int, case: str) -> str:
    """The ending from the lists: of a hundred and something, that of the something."""
    if number == 1000:
        return THOUSAND[case]
    rest = number % 100
    return BELOW_HUNDRED[case][rest] if rest or not number else HUNDRED[case]


@pytest.mark.parametrize("case", ["dative", "ablative", "possessive"])
def test_every_number_from_zero_to_a_thousand_takes_the_ending_that_is_heard(case: str) -> None:
    assert len(BELOW_HUNDRED[case]) == 100
    written = [words.suffixed(words.number(number, "kk"), case, "kk") for number in range(1001)]
    assert written == [f"{words.number(number, 'kk')}-{by_ear(number, case)}" for number in range(1001)]


@pytest.mark.parametrize(
    ("figure", "dative", "ablative", "possessive"),
    [
        ("37,9", "37,9-ға", "37,9-дан", "37,9-ы"),  # оннан тоғыз
        ("0,5", "0,5-ке", "0,5-тен", "0,5-і"),  # оннан бес
        ("72,3", "72,3-ке", "72,3-тен", "72,3-і"),
        ("8,6", "8,6-ға", "8,6-дан", "8,6-сы"),
        ("70,0", "70,0-ге", "70,0-ден", "70,0-і"),  # оннан нөл
        ("1,25", "1,25-ке", "1,25-тен", "1,25-і"),  # жүзден жиырма бес
        ("1,40", "1,40-қа", "1,40-тан", "1,40-ы"),  # жүзден қырық
        ("2,9\u00a0%", "2,9\u00a0%-ға", "2,9\u00a0%-дан", "2,9\u00a0%-ы"),  # пайыз
        ("50\u00a0%", "50\u00a0%-ға", "50\u00a0%-дан", "50\u00a0%-ы"),
        ("72\u00a0000", "72\u00a0000-ға", "72\u00a0000-нан", "72\u00a0000-ы"),
        ("100\u00a0234", "100\u00a0234-ке", "100\u00a0234-тен", "100\u00a0234-і"),
        ("16\u00a0020", "16\u00a0020-ға", "16\u00a0020-дан", "16\u00a0020-сы"),
        ("5\u00a0500", "5\u00a0500-ге", "5\u00a0500-ден", "5\u00a0500-і"),
        ("1\u00a0000\u00a0000", "1\u00a0000\u00a0000-ға", "1\u00a0000\u00a0000-нан", "1\u00a0000\u00a0000-ы"),
    ],
)
def test_decimals_per_cents_and_large_numbers_take_it_too(
    figure: str, dative: str, ablative: str, possessive: str
) -> None:
    found = [words.suffixed(figure, case, "kk") for case in ("dative", "ablative", "possessive")]
    assert found == [dative, ablative, possessive]


@pytest.mark.parametrize(
    ("text", "case", "said"),
    [
        ("72 мың", "ablative", "72 мыңнан"),
        ("16 мың", "dative", "16 мыңға"),
        ("1,2 миллион", "ablative", "1,2 миллионнан"),
        ("қазан", "instrumental", "қазанмен"),
        ("наурыз", "instrumental", "наурызбен"),
        ("қыркүйек", "instrumental", "қыркүйекпен"),
        ("қарашадағы", "ablative", "қарашадағыдан"),
        ("сәуірдегі", "ablative", "сәуірдегіден"),
    ],
)
def test_words_take_it_joined(text: str, case: str, said: str) -> None:
    assert words.inflected(text, case, "kk") == said


def test_russian_and_english_have_none() -> None:
    assert words.suffixed("37,9\u00a0%", "dative", "ru") == "37,9\u00a0%"
    assert words.inflected("72 thousand", "ablative", "en") == "72 thousand"
