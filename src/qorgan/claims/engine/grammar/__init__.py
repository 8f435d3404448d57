"""The grammar of figures: what a Kazakh or Russian text says in numbers, each with the rules that found it.

The words stand in `country/<cc>/claims/grammar/`, the order of the rules in `reader`; docs/explanation tells both.
"""

from qorgan.claims.engine.grammar.figure import Cue, Figure, Note, Passed, Remark, Sentence, Unit, Voice
from qorgan.claims.engine.grammar.lexicon import LANGUAGES
from qorgan.claims.engine.grammar.reader import figures, read, sentences

__all__ = [
    "LANGUAGES",
    "Cue",
    "Figure",
    "Note",
    "Passed",
    "Remark",
    "Sentence",
    "Unit",
    "Voice",
    "figures",
    "read",
    "sentences",
]
