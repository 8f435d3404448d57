"""What the notes on a report mean. Of values only the code is kept with the report, so no sentence here names one."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTES: dict[str, str | Promise] = {
    "address_elsewhere": _("The address lies in another territory than the desk that took the report."),
    "child_at_the_door": _(
        "A child wrote this at the web door. No parent is told before someone has made sure that it is safe."
    ),
    "row_joined": _("A line end had broken the row in two; it was joined."),
    "other_delimiter": _("The row uses another delimiter than the rest of the file."),
    "other_encoding": _("The row is in another encoding than the rest of the file."),
    "quote_not_closed": _("A quotation mark opens a cell and is never closed."),
    "perhaps_torn": _("The file ends here without a line end; the last cell may be cut off."),
    "too_many_cells": _("There are more cells than headings: the text holds the delimiter and no quotes around it."),
    "text_too_long": _("The text was longer than is kept."),
    "text_long": _("The text is very long."),
    "text_repaired": _("The letters had been garbled by saving in a wrong encoding; they were restored."),
    "letters_lost": _("Some letters were lost when the file was saved."),
    "control_characters": _("Control characters were removed."),
    "hidden_characters": _("Invisible characters or marks of writing direction were removed."),
    "looks_like_formula": _("The text begins like a formula; it is kept as text and never run."),
    "has_markup": _("The text holds tags of a web page; it is kept as text."),
    "time_unknown": _("Only the date is given; the time stays unknown."),
    "victim_unknown": _("The victim is not known by name."),
    "iin_zero_restored": _("The spreadsheet had lost the leading zero of the IIN; it was restored."),
    "channel_unknown": _("The channel that the desk wrote is not known."),
    "repeat": _("The desk sent the same row more than once."),
}
BESIDE_THE_PERSON = "iin_"  # faults of the number itself stand with the person


def sentences(notes: tuple[Mapping[str, Any], ...]) -> list[str]:
    """The notes in words, each once."""
    said = [_sentence(str(note.get("code", ""))) for note in notes]
    return list(dict.fromkeys(sentence for sentence in said if sentence))


def _sentence(code: str) -> str:
    if code in NOTES:
        return str(NOTES[code])
    beside = code.startswith(BESIDE_THE_PERSON) or code == "possible_repeat"
    return "" if beside else str(_("A part of the report needs a look: it did not come as the desk usually writes it."))


def repeats(notes: tuple[Mapping[str, Any], ...]) -> list[str]:
    """Numbers of reports that may tell of the same event."""
    return [str(note["number"]) for note in notes if note.get("code") == "possible_repeat" and note.get("number")]
