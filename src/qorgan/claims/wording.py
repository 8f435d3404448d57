"""What the arithmetic answers, in words: one sentence that needs no mathematics, and the inequalities behind it.

Names of things come from the claim, in its languages; everything else is translated. A bound is written so that
rounding never makes it say more than was found: `at least` downwards, `at most` upwards.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import get_language, gettext

from qorgan.base import words
from qorgan.claims.engine.answers import Agreement, Answer, Check, Finding, Kind, Verdict
from qorgan.claims.engine.faults import Fault
from qorgan.claims.engine.findings import quantity_of
from qorgan.claims.engine.readings import BOUND, FOLD, PARTS, options_of
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.statement import REST, Approximation, Claim, Given, Share
from qorgan.claims.engine.system import Cell, Quantity, System, ratio
from qorgan.claims.phrases import CHOICES, FAULTS, VERDICTS, changed, compared, counted, shared

_MOST = 3  # conditions in a sentence; the others stand in the list below it


def verdict(answer: Answer) -> str:
    """The verdict as a heading."""
    return word(answer.verdict)


def word(found: Verdict) -> str:
    """A verdict in words."""
    return str(VERDICTS[found])


def reading(claim: Claim, answer: Answer) -> str:
    """How the text was read, where it can be read in several ways; empty where it cannot."""
    found = [option(claim, choice, answer.reading[choice]) for choice in answer.reading.said]
    return "; ".join(found)


def option(claim: Claim, choice: str, chosen: str) -> str:
    """The words of one option of a choice."""
    own = next((each for each in claim.choices if each.id == choice), None)
    if own is not None:
        return in_language(own.words.get(chosen, {})) or chosen
    kind = choice.split(":", maxsplit=1)[0]
    thing = name(claim, choice.partition(":")[2])
    return str(CHOICES[kind if kind in {FOLD, BOUND} else kind + ":", chosen]) % {"thing": thing}


def options(claim: Claim, choice: str) -> tuple[tuple[str, str], ...]:
    """The options of a choice, each with its words."""
    own = next((each.options for each in claim.choices if each.id == choice), None)
    return tuple((each, option(claim, choice, each)) for each in (options_of(choice) if own is None else own))


def sentence(claim: Claim, answer: Answer) -> str:
    """One sentence that says the verdict and its reason."""
    match answer.verdict:
        case Verdict.CANNOT_HOLD:
            return _cannot(claim, answer)
        case Verdict.HOLDS_ONLY_IF:
            found = "; ".join(finding(claim, each) for each in answer.conditions[:_MOST])
            return gettext("The figures do not contradict one another, but only if this is so: %(conditions)s.") % {
                "conditions": found
            }
        case Verdict.HOLDS if answer.headline is None:
            return gettext("The figures fit together.")
        case Verdict.HOLDS:
            return gettext("The figures fit together: the others allow that %(allowed)s; the text says: %(said)s.") % (
                _both(claim, answer)
            )
        case Verdict.NOT_ENOUGH_SAID:
            return _not_enough(claim, answer)
        case _:
            return gettext("There is no answer: the reckoning took too long and was stopped. Nothing is claimed.")


def _not_enough(claim: Claim, answer: Answer) -> str:
    system = System(claim, answer.reading)
    left = next((whole for whole in system.parts if not system.is_complete(whole)), None)
    if left is None:
        return gettext("Nothing here can be checked: whatever one figure were, the others could still be true.")
    return gettext(
        "Nothing here can be checked: how large %(thing)s is, is not said, "
        "and whatever one figure were, the others could still be true."
    ) % {"thing": name(claim, left + REST)}


def _cannot(claim: Claim, answer: Answer) -> str:
    check = answer.headline
    if answer.needs_whole_numbers:
        return gettext("These figures cannot all be true: no whole numbers fit them, and what is counted is whole.")
    if check is None:
        return gettext("These figures cannot all be true together.")
    if len(answer.conflict) == 1:
        said = _both(claim, answer)
        return gettext("This figure is impossible by itself: the text says that %(said)s.") % {"said": said["said"]}
    assumed = [each.removeprefix(PARTS) for each in answer.conflict if each.startswith(PARTS)]
    if assumed:
        return gettext(
            "These figures cannot all be true if the parts named are all of %(whole)s: "
            "by the others %(allowed)s, but the text says: %(said)s."
        ) % (_both(claim, answer) | {"whole": name(claim, assumed[0])})
    return gettext("These figures cannot all be true: by the others %(allowed)s, but the text says: %(said)s.") % _both(
        claim, answer
    )


def _both(claim: Claim, answer: Answer) -> dict[str, str]:
    check = answer.headline
    if check is None:
        return {"allowed": "", "said": ""}
    return {"allowed": clause(claim, check, check.allowed), "said": clause(claim, check, _as_said(claim, check))}


def _as_said(claim: Claim, check: Check) -> Interval:
    """The number that the text says, without the width that its rounding leaves."""
    figure = claim.figure(next(each.figure for each in claim.statements if each.id == check.owner))
    if figure.approximation is not Approximation.EXACT or figure.low is None or figure.low != figure.high:
        return check.said
    value = Fraction(figure.low)
    told = ratio(figure, Interval(value, value))
    return told if check.agreement is Agreement.APART or told.meets(check.allowed) else check.said


def clause(claim: Claim, check: Check, interval: Interval) -> str:
    """What a statement measures, lying in an interval: `“homicide” fell by 49.3 %`."""
    cells, by = check.quantity.cells, check.quantity.by
    subject = " + ".join(_cell(claim, cell) for cell in cells)
    if by is None:
        return _said(subject, counted(interval, number))
    if by[0] == cells[0][0]:
        return _said(name(claim, cells[0][0]), changed(interval, finely))
    if check.owner in {each.id for each in claim.statements if isinstance(each, Share)}:
        return _said(subject, shared(interval, finely, _cell(claim, by)))
    return _said(subject, compared(interval, number, _cell(claim, by)))


def finding(claim: Claim, found: Finding) -> str:
    """What can be said of something that the text does not say."""
    if not found.is_possible:
        said = gettext("what was supposed cannot be")
    elif found.kind is Kind.CHANGE:
        said = _said(name(claim, found.thing), changed(found.interval, _percent))
    elif found.kind is Kind.SHARE:
        is_part = found.interval.high is None or found.interval.high <= 1
        spoken = shared if is_part else compared
        write = _percent if is_part else number
        said = _said(_cell(claim, (found.thing, found.start)), spoken(found.interval, write, name(claim, found.of)))
    elif found.kind is Kind.LEVEL:
        said = _said(_cell(claim, (found.thing, found.start)), counted(found.interval, number))
    elif found.kind is Kind.OVERLAP:
        said = gettext("at least %(value)s of %(of)s is in more than one of its named parts") % {
            "value": _percent(found.interval.low, ROUND_FLOOR),
            "of": _cell(claim, (found.thing, found.start)),
        }
    else:
        said = gettext("%(thing)s: at least %(value)s, for fewer whole ones cannot change so") % {
            "thing": _cell(claim, (found.thing, found.start)),
            "value": number(found.interval.low, ROUND_FLOOR),
        }
    suppositions = [_given(claim, given, found) for given in found.given]
    if not suppositions:
        return said
    return gettext("if %(given)s: %(found)s") % {"given": "; ".join(suppositions), "found": said}


def _given(claim: Claim, given: Given, found: Finding) -> str:
    shift = 1 if given.quantity == Kind.CHANGE else 0
    low = Fraction(0) if given.low is None else shift + Fraction(given.low) / 100
    high = None if given.high is None else shift + Fraction(given.high) / 100
    if given.quantity == Kind.CHANGE:
        return _said(name(claim, given.thing), changed(Interval(low, high), _percent))
    of = given.thing.removesuffix(REST)
    whole = of if given.thing.endswith(REST) else next((each.of for each in claim.things if each.id == of), "")
    return _said(_cell(claim, (given.thing, found.start)), shared(Interval(low, high), _percent, name(claim, whole)))


def name(claim: Claim, thing: str) -> str:
    """A thing in quotes, or the unnamed rest of one."""
    whole = thing.removesuffix(REST)
    said = next((in_language(each.name) for each in claim.things if each.id == whole), "") or whole
    quoted = gettext("“%(thing)s”") % {"thing": said}
    return gettext("the unnamed part of %(whole)s") % {"whole": quoted} if thing.endswith(REST) else quoted


def _cell(claim: Claim, cell: Cell) -> str:
    thing, period = cell
    when = in_language(claim.periods.get(period, {})) or period
    return f"{name(claim, thing)} ({when})" if when else name(claim, thing)


def _said(thing: str, predicate: str) -> str:
    return gettext("%(thing)s %(predicate)s") % {"thing": thing, "predicate": predicate}


def inequalities(claim: Claim, answer: Answer) -> tuple[str, ...]:
    """The inequalities behind a verdict, one a line: what was said, what follows, what contradicts it."""
    return tuple(_lines(claim, answer))


def _lines(claim: Claim, answer: Answer) -> Iterator[str]:
    system = System(claim, answer.reading)
    check = answer.headline
    condition = answer.conditions[0] if answer.conditions else None
    used = answer.conflict or (condition.by if condition else check.by if check else ())
    said = check.owner if check and condition is None else ""
    wholes: dict[str, None] = {}
    for owner in used:
        measure = system.measures.get(owner)
        for thing in [cell[0] for cell in measure.quantity.cells] if measure else []:
            if thing in system.whole:
                wholes[system.whole[thing]] = None
        if measure and owner != said:
            yield _line(claim, measure.quantity, measure.interval)
    for whole in wholes:
        yield _tree(claim, system, whole)
    if condition is not None:
        yield "⇒ " + _line(claim, quantity_of(system, condition), condition.interval)
    elif check is not None:
        yield "⇒ " + _line(claim, check.quantity, check.allowed)
        sign = "≠ " if answer.verdict is Verdict.CANNOT_HOLD else "✓ "
        yield sign + _line(claim, check.quantity, check.said)


def _line(claim: Claim, quantity: Quantity, interval: Interval) -> str:
    top = " + ".join(_cell(claim, cell) for cell in quantity.cells)
    top += "".join(f" − {_cell(claim, cell)}" for cell in quantity.minus)
    times = f" × {_cell(claim, quantity.by)}" if quantity.by else ""
    if interval.high == interval.low:
        return f"{top} = {_factor(interval.low)}{times}"
    low = f"{_factor(interval.low)}{times} ≤ " if interval.low > 0 else ""
    return f"{low}{top}" + ("" if interval.high is None else f" ≤ {_factor(interval.high)}{times}")


def _tree(claim: Claim, system: System, whole: str) -> str:
    parts = [name(claim, part) for part in system.parts[whole]]
    if not system.is_complete(whole):
        parts.append(name(claim, whole + REST))
    sign = "≤" if system.overlaps(whole) else "="
    return f"{name(claim, whole)} {sign} {' + '.join(parts)}"


def fault(found: Fault) -> str:
    """One sentence for a fault of a file."""
    said = str(FAULTS[found.code]) % {"what": found.what}
    return f"{found.place}: {said}" if found.place else said


def too_many(readings: int) -> str:
    """One sentence for a text that leaves too much open."""
    return gettext("This can be read in more than %(count)s ways: choose some of them under “chosen”.") % {
        "count": readings - 1
    }


def in_language(spoken: Mapping[str, str]) -> str:
    """The words of the language of the moment, or the first there are."""
    return spoken.get(_language()) or next(iter(spoken.values()), "")


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _decimal(value: Fraction, digits: int, rounding: str) -> Decimal:
    scaled = value * 10**digits
    whole = Decimal(scaled.numerator) / Decimal(scaled.denominator) if scaled.denominator > 1 else Decimal(int(scaled))
    return whole.to_integral_value(rounding).scaleb(-digits)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _percent(value: Fraction, rounding: str = ROUND_HALF_UP) -> str:
    return words.percent(_plain(_decimal(value * 100, 1, rounding)), _language())


def finely(value: Fraction, rounding: str = ROUND_HALF_UP) -> str:
    """A part of one in per cent, to the hundredth."""
    return words.percent(_plain(_decimal(value * 100, 2, rounding)), _language())


def number(value: Fraction, rounding: str = ROUND_HALF_UP) -> str:
    """A number as the language writes it."""
    digits = 0 if value >= 1000 else 1
    return words.number(_plain(_decimal(value, digits, rounding)), _language())


def _factor(value: Fraction) -> str:
    digits = 0 if value >= 1000 and value.denominator > 1 else 4
    return words.number(_plain(_decimal(value, digits, ROUND_HALF_UP)), _language())
