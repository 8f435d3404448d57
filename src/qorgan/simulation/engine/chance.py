"""Chance that can be thrown again: the same key, the same numbers, whatever was thrown before."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import accumulate
from math import floor, log
from random import Random
from typing import TypeVar

T = TypeVar("T")


def thrown(*key: object) -> Random:
    """The chance of a key, as (seed, year, district, number): nothing else decides what it gives."""
    return Random("/".join(map(str, key)))


def picked(chance: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, by weight."""
    return chance.choices(tuple(weights), tuple(weights.values()))[0]


def happens(chance: Random, percent: float) -> bool:
    """True in so many of a hundred."""
    return chance.random() * 100 < percent


def delay(chance: Random, spread: Sequence[float]) -> timedelta:
    """A time with a median, a spread (sigma of its logarithm) and a longest, in hours: most short, a few long."""
    median, sigma, longest = spread
    return timedelta(hours=min(chance.lognormvariate(log(median), sigma), longest))


def scaled(total: int, scale: Fraction) -> int:
    """`scale` times the total, to the nearest whole, a half up."""
    return floor(total * scale + Fraction(1, 2))


def apportioned(total: int, weights: Sequence[float], chance: Random) -> list[int]:
    """A total in whole parts: each its exact share rounded up or down, and together the total to the unit.

    Cumulated shares are rounded from a start thrown by chance, so that a small total does not always fall to the same
    places, as it would by largest remainders.
    """
    whole = sum(weights)
    if not total or whole <= 0:
        return [0] * len(weights)
    start = chance.random()
    marks = [floor(total * sum_ / whole + start) for sum_ in accumulate(weights)]
    marks[-1] = total  # where the sum of the weights is short of itself by a rounding
    return [mark - before for before, mark in zip([0, *marks], marks, strict=False)]
