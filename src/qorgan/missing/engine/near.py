"""How far one place lies from another, by their middles: which offices are told at once."""

from math import asin, cos, radians, sin, sqrt

EARTH = 6371.0  # mean radius, kilometres
NEAR = 120.0  # kilometres between the middles of two districts: a rule of the house, wider than a night on a road


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great circle between two points, each (latitude, longitude) in degrees."""
    (lat, lon), (lat2, lon2) = ((radians(each) for each in point) for point in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))
