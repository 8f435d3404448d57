"""A sentence for every code that a reader says, in the language of the person who sent the file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.reports.engine.rows import Note, Row
from qorgan.reports.readers.desk import FileRefused

FIELD_WORDS: dict[str, Promise] = {
    "kui_no": _("KUI number"),
    "registered_at": _("Registered at"),
    "registered_time": _("Time of registration"),
    "narrative": _("What happened"),
    "address": _("Address"),
    "victim": _("Victim"),
    "iin": _("IIN"),
    "suspect": _("Suspect"),
    "channel": _("Channel"),
    "phone": _("Telephone"),
}

FILE_SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty."),
    "no_headings": _("No line with known headings was found. The first line of the table must name its columns."),
    "no_number_column": _("There is no column with the KUI number, so a report sent twice could not be recognised."),
    "no_date_column": _("There is no column with the date of registration."),
    "not_a_table": _("This is not a table. Save the register as XLSX or CSV and send it again."),
    "packed": _("This is an archive. Unpack it and send the register itself."),
    "locked": _("The file is protected with a password. Save it without a password and send it again."),
    "damaged": _("The file is damaged and cannot be opened. Save it again, or save it as CSV."),
    "too_large": _("Unpacked, the file would be far too large for a register. Send it in parts or as CSV."),
    "line_too_long": _("The first lines are too long to be a table."),
}

NOTE_SENTENCES: dict[str, Promise] = {
    # the row as a whole
    "row_torn": _("The row is cut off: it has fewer cells than there are headings."),
    "rest_unreadable": _("Thousands of rows without a number and a date; the rest of the file was not read."),
    "row_unreadable": _("The row cannot be read."),
    "too_many_cells": _("There are more cells than headings: the text holds the delimiter and no quotes around it."),
    "line_too_long": _("The line is too long to be a row."),
    "not_json": _("The line is not valid JSON."),
    "not_an_object": _("The line is JSON, but not an object with fields."),
    "key_twice": _("The field stands twice with different values."),
    "not_text": _("The field holds a list or an object instead of text."),
    "row_joined": _("A line end had broken the row in two; it was joined."),
    "other_delimiter": _("The row uses another delimiter than the rest of the file."),
    "other_encoding": _("The row is in another encoding than the rest of the file."),
    "quote_not_closed": _("A quotation mark opens a cell and is never closed."),
    "nothing_told": _("Neither what happened, nor an address, nor a name is given."),
    "perhaps_torn": _("The file ends here without a line end; the last cell may be cut off."),
    # any text
    "formula_without_value": _("The cell holds a formula without a stored value."),
    "text_too_long": _("The text has %(length)d characters; at most %(limit)d are kept."),
    "text_long": _("The text is very long: %(length)d characters."),
    "text_repaired": _("The letters had been garbled by saving in a wrong encoding; they were restored."),
    "letters_lost": _("Some letters were lost when the file was saved."),
    "control_characters": _("Control characters were removed."),
    "hidden_characters": _("Invisible characters or marks of writing direction were removed."),
    "looks_like_formula": _("The text begins like a formula; it is kept as text and never run."),
    "has_markup": _("The text holds tags of a web page; it is kept as text."),
    # number in the register
    "number_missing": _("The KUI number is missing."),
    "number_is_formula": _("A formula stands instead of the KUI number: “%(value)s”."),
    "number_damaged": _("The KUI number was shortened by a spreadsheet: “%(value)s”. Write all its digits."),
    "number_malformed": _("This is not a KUI number: “%(value)s”."),
    "number_of_another": _("Row %(row)d has the same KUI number and says something else."),
    "number_taken": _("A report with other content has the KUI number “%(value)s”."),
    "repeat": _("The same as row %(row)d; nothing is added."),
    # date
    "date_missing": _("Impossible, future or missing date: the date is missing."),
    "date_unreadable": _("Impossible, future or missing date: “%(value)s” cannot be read as a date."),
    "date_impossible": _("Impossible, future or missing date: there is no such date or time as “%(value)s”."),
    "date_future": _("Impossible, future or missing date: “%(value)s” lies in the future."),
    "date_too_old": _("Impossible, future or missing date: “%(value)s” is before 1990."),
    "time_unknown": _("Only the date is given; the time stays unknown."),
    # people
    "victim_unknown": _("The victim is not known by name."),
    "iin_zero_restored": _("The spreadsheet had lost the leading zero of the IIN; it was restored: %(value)s."),
    "iin_damaged": _("The IIN was shortened by a spreadsheet: “%(value)s”."),
    "iin_length": _("An IIN has 12 digits: “%(value)s”."),
    "iin_non_digit": _("An IIN has digits only: “%(value)s”."),
    "iin_century_digit": _("The seventh digit of the IIN is impossible: “%(value)s”."),
    "iin_birth_date": _("The IIN holds an impossible date of birth: “%(value)s”."),
    "iin_check_digit": _("The last digit of the IIN does not fit the others: “%(value)s”."),
    "iin_never_issued": _("Such an IIN is never issued: “%(value)s”."),
    "channel_unknown": _("The channel is not known: “%(value)s”."),
}

# Headings of the columns that a file of refused rows has beside its own.
REASON_HEADING = _("Why the row was not accepted")
LINE_HEADING = _("The line as it was")


def file_sentence(refused: FileRefused) -> str:
    """Why a file as a whole was refused."""
    return str(FILE_SENTENCES[refused.code])


def note_sentence(note: Note) -> str:
    """What a note says, without the field."""
    return str(NOTE_SENTENCES[note.code]) % dict(note.params)


def reason(row: Row) -> str:
    """Why the row has its verdict: field and sentence of every note as heavy as the heaviest. Empty if accepted."""
    main = row.main_note
    if main is None:
        return ""
    said = (note for note in row.notes if note.weight == main.weight)
    return " ".join(
        f"{FIELD_WORDS[note.field]}: {note_sentence(note)}" if note.field else note_sentence(note) for note in said
    )
