"""The page of the golden cases: the same facts under three laws, as the tests ask them."""

from collections.abc import Iterator

from tests.law.golden.asked import YEARS, Asker, Case, cases
from tests.law.golden.turns import ALMATY, Turn, turns

_SURE = {"yes": "", "verify": ", to be verified", "no": ", a person routes", "any": ""}
_HEADS = {"2019": "23 July 2019", "2024": "2 December 2024", "2026": "5 November 2026"}


def page_parts(made: str) -> Iterator[str]:
    """The page, part by part. The articles beside the answers are those of the book on the day."""
    from qorgan.law.readers.country import read_book, read_calendar

    asker = Asker(read_book(), read_calendar())
    rows: dict[str, list[Case]] = {}
    for case in cases():
        rows.setdefault(case.question, []).append(case)
    yield "# Golden cases: the same facts, three laws"
    yield made
    yield (
        "Worked out by hand from the reference on the law, in `tests/law/golden/cases.toml`; the tests ask the engine"
        " the same. Behind each answer stands the article that was in force on the day, and whether the answer is to be"
        " verified before anybody relies on it."
    )
    lines = [
        "| question | " + " | ".join(_HEADS[year] for year in YEARS) + " |",
        "|---|" + "---|" * len(YEARS),
    ]
    for found in rows.values():
        cells = [f"{case.answer}{_SURE[case.decides]}{_article(asker, case)}" for case in found]
        lines.append(f"| {found[0].asks} | " + " | ".join(cells) + " |")
    yield "\n".join(lines)
    yield "## Days on which the law turns"
    yield (
        "One question, asked the day or the minute before and after: `tests/law/golden/turns.toml`. Moments are"
        " those of the clocks of the place, Almaty where none is named."
    )
    told, before = ["| question | when | answer |", "|---|---|---|"], ""
    for turn in turns():
        told.append(_turn(turn, "" if turn.asks == before else turn.asks))
        before = turn.asks
    yield "\n".join(told)


def _turn(turn: Turn, asks: str) -> str:
    """A line; the question stands beside its first answer only."""
    place = f" ({turn.zone.key})" if asks and turn.zone.key != ALMATY else ""
    when = turn.when.replace("T", " ").replace("/", " or ")
    return f"| {asks}{place} | {when} | {turn.answer} |"


def _article(asker: Asker, case: Case) -> str:
    answer = asker.provision(case)
    held = answer.provision if answer else None
    return f"<br>{held.act} Art. {held.article}" if held and held.act and held.article else ""
