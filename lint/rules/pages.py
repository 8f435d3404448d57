"""Templates: texts that can be translated, looks that live in one stylesheet, and nothing trusted blindly."""

import re
from collections.abc import Iterator

from lint.rule import Rule, each
from lint.source import Finding, Source, is_reason

_HIDDEN = (
    re.compile(r"\{#.*?#\}"),
    re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*block\s+\w+_class\s*%\}.*?\{%\s*endblock\b.*?%\}", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\{%.*?%\}", re.DOTALL),
    re.compile(r"\{\{.*?\}\}", re.DOTALL),
)
_BODIES = re.compile(r"(<(script|style|code|kbd|samp)\b[^>]*>).*?(</\2>)", re.DOTALL | re.IGNORECASE)
_IN_A_LANGUAGE = re.compile(r"<(\w+)\b[^>]*\slang=\"\w+\"[^>]*>[^<]*</\1>", re.IGNORECASE)  # meant in that one language
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_SPOKEN = re.compile(
    r"\b(title|alt|placeholder|aria-label|aria-description|label)\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ENTITY = re.compile(r"&#?\w+;")
_SAFE = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off")
_STYLE = re.compile(r"<[^>]*\sstyle\s*=", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"\{#(.*?)#\}")

# the name of the system, the languages by their own names, and units that are the same everywhere
SAME_EVERYWHERE = {"Qorgan", "Қорған", "Қазақша", "Русский", "English", "CSV", "PDF", "JSON", "API", "SHA"}


def _blank(match: re.Match[str]) -> str:
    """As many lines as were there, so that findings keep theirs."""
    return "\n" * match[0].count("\n") + " "


def _visible(text: str) -> str:
    """The page without what nobody reads and without what is translated."""
    for pattern in _HIDDEN:
        text = pattern.sub(_blank, text)
    text = _BODIES.sub(lambda match: match[1] + "\n" * match[0].count("\n") + match[3], text)
    return _IN_A_LANGUAGE.sub(_blank, text)


def _words(text: str) -> list[str]:
    return [word for word in _LETTERS.findall(_ENTITY.sub(" ", text)) if word not in SAME_EVERYWHERE]


def untranslated(source: Source) -> Iterator[Finding]:
    """Letters between tags, or in attributes that are read aloud, outside translate tags."""
    if not source.is_template:
        return
    visible = _visible(source.text)
    for match in _SPOKEN.finditer(visible):
        if words := _words(match[2]):
            line = visible.count("\n", 0, match.start()) + 1
            yield source.finding(line, "Q403", f"`{words[0]}` in {match[1]} is not translated")
    for number, text in enumerate(_TAG.sub(_blank, visible).splitlines(), 1):
        if words := _words(text):
            yield source.finding(number, "Q403", f"`{words[0]}` is not translated")


def styled_in_place(source: Source) -> Iterator[Finding]:
    """`style=` on an element."""
    if not source.is_template:
        return
    text = source.text
    for pattern in _HIDDEN[:5]:
        text = pattern.sub(_blank, text)
    for match in _STYLE.finditer(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", _blank, text, flags=re.DOTALL)):
        line = text.count("\n", 0, match.end()) + 1
        yield source.finding(line, "Q401", "style= in a template: the stylesheet has the looks")


def trusted_blindly(source: Source) -> Iterator[Finding]:
    """`|safe` and `autoescape off` without a comment on the line that says why it is safe."""
    if not source.is_template:
        return
    for number, line in enumerate(source.lines, 1):
        if _SAFE.search(_COMMENT.sub("", line)) and not any(is_reason(note) for note in _COMMENT.findall(line)):
            yield source.finding(number, "Q402", "trusted without a comment that says why")


RULES = (
    Rule("Q401", "Looks live in one stylesheet; the content policy refuses others.", each(styled_in_place)),
    Rule("Q402", "What is not escaped runs in someone's browser.", each(trusted_blindly)),
    Rule("Q403", "Every page is complete in every language.", each(untranslated)),
)
