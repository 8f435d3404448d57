"""One sentence for one figure: from the words of its indicator, the template of its kind, and what changed."""

from dataclasses import dataclass
from decimal import Decimal

from qorgan.indicators.engine.definitions import Wording
from qorgan.indicators.engine.figures import Figure
from qorgan.releases.engine.changes import Change, Direction
from qorgan.releases.engine.kinds import Kind
from qorgan.releases.engine.sentences import MANY, Voice, Words, capital
from qorgan.releases.engine.spoken import Grain, Nearness, rough

_CASES = ("dative", "possessive")


@dataclass(frozen=True)
class Told:
    """A figure with what is needed to say it. `why`: the word of a reason for which it is not given."""

    figure: Figure
    kind: Kind
    wording: Wording
    change: Change | None = None
    why: str | None = None


def sentence(voice: Voice, told: Told, *, first: bool) -> str:
    """One sentence that says the figure, or why there is none. The `first` of a section names the period."""
    words, figure = voice.words, told.figure
    if figure.value is None or told.why is not None:
        why = words["why"][told.why or str(figure.why_none)]
        return str(words["kinds"]["none"].format(name=told.wording.name, why=why))
    when = words["when"]["first" if first else "next"].format(In_period=capital(voice.in_period(figure.period)))
    fields = _fields(voice, told, figure.value) | {"When": when, "compared": compared(voice, told)}
    return capital(_template(voice, told).format_map(fields))


def opening(voice: Voice, told: Told, *, first: bool) -> str:
    """The same in a round number, for reading aloud; empty for what is not a count or is not said in words."""
    figure, said = told.figure, voice.said(told.figure.code)
    if not figure.value or told.kind is not Kind.COUNT or told.why is not None or "noun" not in said:
        return ""
    number, value = roughly(voice, int(figure.value), said)
    when = voice.words["when"]["first" if first else "next"].format(In_period=capital(voice.in_period(figure.period)))
    fields = _words(voice, told, value) | {"When": when, "roughly": number}
    return capital(voice.words["kinds"]["opening"].format_map(fields))


def roughly(voice: Voice, value: int, said: Words) -> tuple[str, int]:
    """`more than 72 thousand orders`; with it the number that decides the form of the verb."""
    near, words = rough(value), voice.words["rough"]
    is_plain = near.nearness is Nearness.EXACT and near.grain is Grain.ONE
    governs = value if is_plain else MANY
    plain = voice.number(near.value)
    written = {"number": plain, "number_of": plain}
    if near.grain is not Grain.ONE:
        nouns = voice.words["nouns"]
        for key, noun in (("number", near.grain.value), ("number_of", f"{near.grain.value}_of")):
            named = {near.grain.value: voice.form(near.value, noun)} if noun in nouns else {}
            written[key] = words[near.grain.value].format(number=plain, **named)
    join = voice.suffixed if near.grain is Grain.ONE else voice.inflected
    cases = {f"number_{case}": join(written["number"], case) for case in ("dative", "ablative")}
    noun = voice.form(governs, said["noun"])
    return words[near.nearness.value].format(**written, **cases, noun=noun), governs


def _template(voice: Voice, told: Told) -> str:
    said, kinds = voice.said(told.figure.code), voice.words["kinds"]
    if told.kind is Kind.COUNT and told.figure.value == 0 and "noun" in said:
        return str(said.get("text_zero") or kinds["zero"])
    if "text" in said:
        return str(said["text"])
    return str(kinds[told.kind.value] if told.kind is not Kind.COUNT or "noun" in said else kinds["plain"])


def _words(voice: Voice, told: Told, value: Decimal | int) -> dict[str, str]:
    """The words of the indicator in the forms that a number asks for."""
    said = voice.said(told.figure.code)
    done = said.get("done", "")
    noun = said.get("noun") or [""]
    were = voice.words["nouns"].get("were")
    return {
        "short": told.wording.short,
        "ahead": said.get("ahead", ""),
        "tail": said.get("tail", ""),
        "done": done if isinstance(done, str) else done[0 if voice.form(value, ["1", "0", "0", "0"]) == "1" else -1],
        "undone": said.get("undone", ""),
        "none": said.get("none", voice.words.get("none", "")),
        "one": noun[min(voice.words.get("zero_form", 0), len(noun) - 1)],
        "were": voice.form(value, were) if were else "",
        "count": voice.counted(value, noun).strip(),
    }


def _fields(voice: Voice, told: Told, value: Decimal) -> dict[str, str]:
    """All that a template may ask for."""
    figure, said = told.figure, voice.said(told.figure.code)
    numerator, denominator = figure.numerator or 0, figure.denominator or 0
    noun = said.get("noun") or [""]
    written = {
        "number": voice.number(value),
        "percent": voice.percent(value),
        "numerator": voice.number(numerator),
        "denominator": voice.number(denominator),
    }
    cased = {f"{key}_{case}": voice.suffixed(text, case) for key, text in written.items() for case in _CASES}
    of = voice.counted(denominator, said["of"]) if "of" in said else written["denominator"]
    counted = {"numerator_count": voice.counted(numerator, noun).strip(), "denominator_of": of}
    return _words(voice, told, value) | written | cased | counted


def compared(voice: Voice, told: Told) -> str:
    """What changed since a year before, as the end of a sentence; empty where nothing may be said."""
    return _changed(voice, told, "compared")


def beside(voice: Voice, told: Told) -> str:
    """The same for a figure that stands alone; empty where nothing may be said, and where a series breaks."""
    return _changed(voice, told, "beside")


def _changed(voice: Voice, told: Told, table: str) -> str:
    change = told.change
    if change is None or change.before.value is None or change.direction.value not in voice.words[table]:
        return ""
    before = change.before.period
    within = voice.in_period(before)
    fields = {
        "before": voice.percent(change.before.value) if told.kind is Kind.SHARE else voice.number(change.before.value),
        "in_before": within,
        "In_before": capital(within),
        "than_before": voice.named("than_period", before),
        "with_before": voice.named("with_period", before),
        "With_before": capital(voice.named("with_period", before)),
        "before_period": voice.period(before),
    }
    if change.amount is not None:
        percent = voice.percent(change.amount)
        noun = voice.words["nouns"].get("times")
        times = voice.counted(change.amount, noun) if noun else voice.number(change.amount)
        fields |= {"percent": percent, "percent_dative": voice.suffixed(percent, "dative"), "times": times}
    if change.direction is Direction.BREAK and change.why is not None:
        fields["why"] = change.why.words.get(voice.language) or next(iter(change.why.words.values()))
    return str(voice.words[table][change.direction.value].format_map(fields))
