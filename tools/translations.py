"""Texts and their translations.

python -m tools.translations extract             every text of the house, one a line
python -m tools.translations merge [--prune]     new texts into the catalogues of each country
python -m tools.translations merge --language kk --from FILE ...   words of loose files as well
python -m tools.translations compile             .mo beside each .po that is newer
python -m tools.translations check               exit 1 where a complete language is not complete
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools import catalogue, faults
from tools.catalogue import Entry
from tools.extraction import from_house

HOUSE = Path(__file__).resolve().parent.parent / "src" / "qorgan"
COMPLETE = {("kz", "kk"), ("kz", "ru")}  # (country, language): where a missing text fails the build


@dataclass(frozen=True)
class Shelf:
    """The catalogue of one language of one country."""

    country: str
    language: str
    path: Path

    @property
    def is_complete(self) -> bool:
        """Whether a missing text is a fault; elsewhere the English text is shown."""
        return (self.country, self.language) in COMPLETE

    def __str__(self) -> str:
        return f"{self.country}/{self.language}"


def shelves(house: Path = HOUSE) -> Iterator[Shelf]:
    """Every catalogue there is, and those that must be."""
    found = {(path.parts[-5], path.parts[-3]): path for path in house.glob("country/*/words/*/LC_MESSAGES/django.po")}
    for country, language in COMPLETE:
        place = house / "country" / country / "words" / language / "LC_MESSAGES" / "django.po"
        found.setdefault((country, language), place)
    for (country, language), path in sorted(found.items()):
        yield Shelf(country, language, path)


def _written(path: Path, data: bytes) -> None:
    """Replace a file as a whole, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    os.replace(beside, path)


def loose(files: Iterable[Path], language: str) -> list[Entry]:
    """The entries of files without header, as they are handed over."""
    return [entry for file in files for entry in catalogue.parse(file.read_bytes(), language).entries.values()]


def merge(*, language: str = "", files: Iterable[Path] = (), prune: bool = False, house: Path = HOUSE) -> Iterator[str]:
    """Bring catalogues (all, or one language's) up to the texts of the house; says what it did with each."""
    wanted = from_house(house)
    given = list(files)
    for shelf in shelves(house):
        if language not in ("", shelf.language):
            continue
        before = catalogue.read(shelf.path, shelf.language)
        words = loose(given, shelf.language)
        asked = wanted if shelf.is_complete else []
        after = catalogue.merged(before, asked, loose=words, prune=prune and shelf.is_complete)
        _written(shelf.path, catalogue.write(after).encode())
        missing = sum(not entry.is_translated for entry in after.entries.values())
        yield f"{shelf}: {len(after.entries)} texts, {missing} without translation"


def compiled(house: Path = HOUSE) -> Iterator[str]:
    """Make every .mo that is missing or older than its .po; fuzzy entries stay out."""
    for shelf in shelves(house):
        target = shelf.path.with_suffix(".mo")
        if not shelf.path.exists() or (target.exists() and target.stat().st_mtime_ns >= shelf.path.stat().st_mtime_ns):
            continue
        with shelf.path.open("rb") as file:
            catalog = read_po(file)
        beside = target.with_name(target.name + f".{os.getpid()}")
        with beside.open("wb") as file:
            write_mo(file, catalog)
        os.replace(beside, target)
        yield f"{shelf}: compiled"


def check(house: Path = HOUSE) -> list[str]:
    """Every fault of every catalogue."""
    wanted = from_house(house)
    found = []
    for shelf in shelves(house):
        try:
            book = catalogue.read(shelf.path, shelf.language)
        except catalogue.Unreadable as failure:
            found.append(f"{shelf}: cannot be read: {failure}")
            continue
        if shelf.is_complete:
            found += [f"{shelf}: {fault}" for fault in faults.of(book, wanted)]
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("extract", "compile", "check"):
        commands.add_parser(name)
    merging = commands.add_parser("merge")
    merging.add_argument("--from", dest="files", nargs="*", type=Path, default=[])
    merging.add_argument("--language", default="")
    merging.add_argument("--prune", action="store_true", help="drop texts that nothing asks for any more")
    return parser


def main(arguments: list[str]) -> int:
    """Run a command; the exit code says whether all is well."""
    given = _parser().parse_args(arguments)
    if given.command == "merge" and given.files and not given.language:
        print("merge --from needs --language: loose files do not say which they are in", file=sys.stderr)
        return 2
    if given.command == "extract":
        lines = sorted(
            f"{entry.context}|{entry.msgid}" if entry.context else entry.msgid for entry in from_house(HOUSE)
        )
    elif given.command == "merge":
        lines = list(merge(language=given.language, files=given.files, prune=given.prune))
    else:
        lines = list(compiled()) if given.command == "compile" else check()
    for line in lines:
        print(line)
    if given.command == "check":
        print(f"translations: {len(lines)} faults" if lines else "translations: complete")
    return 1 if given.command == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
