"""Bytes from outside, in: files of duty desks."""

from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.rows import Note, Row, Verdict
from qorgan.reports.readers.desk import DeskFile, FileRefused, read
from qorgan.reports.readers.refused import write_refused
from qorgan.reports.readers.words import file_sentence, note_sentence, reason

__all__ = [
    "DeskFile",
    "DeskWords",
    "FileRefused",
    "Note",
    "Row",
    "Verdict",
    "file_sentence",
    "note_sentence",
    "read",
    "reason",
    "write_refused",
]
