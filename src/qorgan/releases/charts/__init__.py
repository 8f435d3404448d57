"""Charts and the map of tiles as SVG: the same bytes from the same figures, readable without any font."""

from qorgan.releases.charts.graphs import Point, Series, bars, lines
from qorgan.releases.charts.tiles import Cell, Tile, steps, tilemap

__all__ = ["Cell", "Point", "Series", "Tile", "bars", "lines", "steps", "tilemap"]
