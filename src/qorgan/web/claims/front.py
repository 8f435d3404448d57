"""The one paragraph that stands checked on the public front page: made up, from the data of the country."""

from dataclasses import dataclass
from functools import lru_cache

from qorgan.base import country
from qorgan.claims import checked
from qorgan.web.claims import pages

_FILE = "claims/paragraph.toml"


@dataclass(frozen=True)
class Paragraph:
    """A checked paragraph, the language it is written in, and who said it."""

    shown: pages.Shown
    language: str
    said: str


def paragraph(language: str) -> Paragraph | None:
    """The paragraph, in the language of the page or the country's first; None where the country has none."""
    if not checked.is_here() or not (country.folder() / _FILE).is_file():
        return None
    return _made(country.code(), language)


@lru_cache(maxsize=8)
def _made(code: str, language: str) -> Paragraph:
    """`language` is that of the page too: verdicts are said in it. `code` is that of the country."""
    del code
    texts = country.toml(_FILE)
    spoken = language if language in texts else next(iter(texts))
    found = checked.check(texts[spoken]["text"], language=spoken)
    return Paragraph(pages.shown(found.text, found.judged), spoken, texts[spoken]["said"])
