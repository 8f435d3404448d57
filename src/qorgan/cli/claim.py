"""`qorgan claim`: whether what somebody says in figures can be true. It needs no place and no database."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.cli.start import FAILED, failures, out

if TYPE_CHECKING:
    from qorgan.claims.engine.answers import Answer, Finding
    from qorgan.claims.engine.rounding import Interval
    from qorgan.claims.engine.statement import Claim

app = typer.Typer(help="Statements in figures.", no_args_is_help=True)


@app.callback()
def _claim() -> None:
    """Statements in figures."""


@app.command("solve")
def solve(
    file: Annotated[Path, typer.Argument(help="A structured claim: a TOML file.")],
    language: Annotated[str, typer.Option("--lang", help="kk, ru or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say for each reading of a structured claim whether it can be true, and why."""
    with failures():
        text = file.read_text(encoding="utf-8")
        with _speaking(language):
            answered = _answered(text)
            if as_json:
                out({"readings": [told(claim, answer) for claim, answer in answered]})
                return
            for claim, answer in answered:
                for line in _lines(claim, answer):
                    typer.echo(line)


def _speaking(language: str) -> Any:
    """The texts of the country in one language, without the rest of Django: no place is needed for arithmetic."""
    import django
    from django.conf import settings
    from django.utils import translation

    from qorgan.base import country

    if not settings.configured:
        settings.configure(USE_I18N=True, LANGUAGE_CODE="en", LOCALE_PATHS=[str(country.folder() / "words")])
        django.setup()
    return translation.override(language)


def _answered(text: str) -> "list[tuple[Claim, Answer]]":
    from qorgan.claims import wording
    from qorgan.claims.engine import solver, structured
    from qorgan.claims.engine.faults import Unreadable
    from qorgan.claims.engine.readings import TooManyReadings

    try:
        claim = structured.read(text)
        return [(claim, answer) for answer in solver.check(claim)]
    except Unreadable as problem:
        for fault in problem.faults:
            typer.echo(wording.fault(fault), err=True)
    except TooManyReadings as problem:
        typer.echo(wording.too_many(problem.count), err=True)
    raise typer.Exit(FAILED)


def _lines(claim: "Claim", answer: "Answer") -> list[str]:
    from qorgan.claims import wording

    read_as = wording.reading(claim, answer)
    lines = [f"[{read_as}]"] if read_as else []
    lines += [f"{wording.verdict(answer).upper()}: {wording.sentence(claim, answer)}"]
    lines += [f"    {line}" for line in wording.inequalities(claim, answer)]
    lines += [f"  · {wording.finding(claim, each)}" for each in (*answer.conditions, *answer.findings)]
    return [*lines, ""]


def told(claim: "Claim", answer: "Answer") -> dict[str, Any]:
    """An answer for a script. Ends of intervals are numbers; the exact ones stand beside them as fractions."""
    from qorgan.claims import wording

    return {
        "reading": dict(answer.reading.options),
        "said": wording.reading(claim, answer),
        "verdict": answer.verdict.value,
        "sentence": wording.sentence(claim, answer),
        "inequalities": list(wording.inequalities(claim, answer)),
        "conflict": list(answer.conflict),
        "checks": [
            {"statement": each.owner, "said": _ends(each.said), "allowed": _ends(each.allowed), "by": list(each.by)}
            for each in answer.checks
        ],
        "conditions": [_found(claim, each) for each in answer.conditions],
        "bounds": [_found(claim, each) for each in answer.findings],
        "example": {name: _number(value) for name, value in answer.example.items()},
    }


def _found(claim: "Claim", found: "Finding") -> dict[str, Any]:
    from qorgan.claims import wording

    return {
        "kind": found.kind.value,
        "thing": found.thing,
        "of": found.of,
        "start": found.start,
        "end": found.end,
        "ask": found.ask,
        "is_possible": found.is_possible,
        "interval": _ends(found.interval),
        "by": list(found.by),
        "sentence": wording.finding(claim, found),
    }


def _ends(interval: "Interval") -> dict[str, Any]:
    high = interval.high
    return {
        "low": _number(interval.low),
        "high": None if high is None else _number(high),
        "exact": [str(interval.low), None if high is None else str(high)],
    }


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
