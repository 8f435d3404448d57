"""Made-up things that the page of the look shows. Nothing here is stored or read from records."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.web.drawing import Mark, Tone
from qorgan.web.tiles import Blank, Tile, TileMap, tile_map


class Sample(forms.Form):
    """A form with each kind of field."""

    name = forms.CharField(label=_("Name as heard"), help_text=_("the way it was said; spelling comes later"))
    born = forms.IntegerField(label=_("Year of birth"), min_value=1900, max_value=2026, required=False)
    channel = forms.ChoiceField(
        label=_("Safe channel"), choices=[("call", _("calls only")), ("none", _("will call herself"))]
    )
    uniform = forms.ChoiceField(
        label=_("Does he serve in police, court, army, or here?"),
        help_text=_("asked before any name"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("No")),
            ("yes", _("Yes")),
            ("unknown", _("Does not know")),
            ("silent", _("Will not say")),
        ],
    )
    words = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    explained = forms.BooleanField(label=_("The order was explained to him"), required=False)


def good_form() -> Sample:
    """Filled in and right."""
    return Sample(initial={"name": _("Synthetic Person"), "born": 1991, "uniform": "no"}, prefix="good")


def bad_form() -> Sample:
    """Sent with two things wrong; what was typed stays."""
    form = Sample({"bad-name": "", "bad-born": "1091", "bad-channel": "call", "bad-uniform": "no"}, prefix="bad")
    form.full_clean()
    return form


@dataclass(frozen=True)
class Row:
    """A duty of the sample table."""

    tone: str
    word: str | Promise
    since: datetime
    due: datetime
    done: datetime | None
    what: str | Promise
    act: str | Promise
    verify: bool


def rows(now: datetime) -> list[Row]:
    """Late, today, done."""
    hours = timedelta(hours=1)
    check, serve = _("Check the order, day 14"), _("Serve the order under signature")
    decide = _("Decide on the report")
    return [
        Row("late", _("Overdue"), now - 196 * hours, now - 27.8 * hours, None, check, _("Check"), False),
        Row("due", _("Today"), now - 18 * hours, now + 2.4 * hours, None, serve, _("Serve"), True),
        Row("done", _("Done"), now - 30 * hours, now + hours, now - 5 * hours, decide, _("See"), False),
    ]


def order(now: datetime) -> dict[str, object]:
    """The clock of an order of 30 days at its sixteenth day."""
    day = timedelta(days=1)
    start = now - 15.13 * day
    marks = [
        Mark(start + 7 * day, _("day 7"), Tone.DONE),
        Mark(start + 14 * day, _("day 14"), Tone.LATE, _("not done")),
        Mark(start + 21 * day, _("day 21"), Tone.PLAN),
        Mark(start + 28 * day, _("day 28"), Tone.PLAN),
    ]
    return {"start": start, "end": start + 30 * day, "marks": marks}


def sample_map() -> TileMap:
    """Nine tiles, one of them hidden."""
    middle = [(1, 0, 74), (1, 1, 31), (1, 2, 81), (1, 4, None), (1, 5, 46)]
    found = [(0, 3, 78), *middle, (2, 0, 52), (2, 2, 18), (2, 3, 0)]
    tiles = [
        Tile(
            id=index,
            row=row,
            col=col,
            name=f"№ {index}",
            short=f"{index}",
            city=index == 5,
            value=value,
            text="" if value is None else str(value),
            blank=Blank.HIDDEN if value is None else None,
        )
        for index, (row, col, value) in enumerate(found, start=1)
    ]
    return tile_map(tiles, write=str)
