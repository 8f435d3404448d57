"""Numbers in figures and in words."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qorgan.base.words import formats, suffixes


def number(value: int | Decimal, lang: str, *, digits: int | None = None) -> str:
    """`72 000`, `−37,9`: groups of three, the language's decimal sign, `digits` after it (half rounds away from zero).

    Without `digits` a Decimal keeps the digits it has. Raises ValueError for what is not a finite number.
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"not a number that can be written: {value}")
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    form = formats.of(lang)
    whole, _point, rest = f"{abs(exact):,f}".partition(".")
    text = whole.replace(",", form["thousands"]) + (form["decimal"] + rest if rest else "")
    return form["minus"] + text if exact < 0 else text


def percent(value: int | Decimal, lang: str, *, digits: int | None = None) -> str:
    """`37,9 %`. `value` is in percent: 37.9, not 0.379."""
    return str(formats.of(lang)["percent"].format(number=number(value, lang, digits=digits)))


def plural(value: int | Decimal, lang: str, forms: Sequence[str]) -> str:
    """The form of the word that follows the figure: `дело`, `дела`, `дел`. A missing form is the last one given."""
    return forms[min(_form(Decimal(value), formats.of(lang)["plural"]), len(forms) - 1)]


def count(value: int | Decimal, lang: str, forms: Sequence[str]) -> str:
    """`5 дел`, `21 дело`: the figure and its word, held together."""
    return f"{number(value, lang)}{formats.NBSP}{plural(value, lang, forms)}"


def _form(value: Decimal, rule: str) -> int:
    if rule == "same":
        return 0
    if rule == "one_other":
        return 0 if value == 1 else 1
    if rule != "one_few_many":
        raise ValueError(f"no rule of plurals called {rule}")
    if value != value.to_integral_value():
        return 1
    last_two = int(abs(value)) % 100
    last = last_two % 10
    if 11 <= last_two <= 14:
        return 2
    if last == 1:
        return 0
    return 1 if 2 <= last <= 4 else 2


def in_words(value: int | Decimal, lang: str, *, ordinal: bool = False) -> str:
    """`жетпіс екі мың`; with `ordinal`, `жиырма бесінші`.

    Raises ValueError for an ordinal of what is not a whole number above zero.
    """
    from num2words import num2words  # fifty languages; loaded where a number is spelled out

    form = formats.of(lang)
    if ordinal and (value != int(value) or value < 1):
        raise ValueError(f"no ordinal of {value}")
    if not ordinal:
        return str(num2words(value, lang=form["spoken_by"]))
    if "ordinals" not in form:
        return str(num2words(int(value), lang=form["spoken_by"], to="ordinal"))
    before, space, last = in_words(int(value), lang).rpartition(" ")
    return before + space + (form["ordinals"].get(last) or suffixes.inflected(last, "ordinal", lang))


def ordinal(value: int, lang: str) -> str:
    """`12-`, `12-й`: the figure as the language writes it before the thing that it numbers."""
    return str(formats.of(lang)["ordinal"].format(number=number(value, lang)))
