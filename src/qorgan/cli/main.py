"""The `qorgan` command: thin, over the same actions and queries as the pages.

A word of the command is loaded when it is used: none pays for the others, and the list of them for none.
"""

import gc
import os
from dataclasses import dataclass
from importlib import import_module
from typing import Any

os.environ.setdefault("TYPER_USE_RICH", "0")  # help in plain letters: drawn, it costs more than most commands do

import typer
from typer.core import TyperGroup

# What a command loads stays until it ends: looking through it for what may go took a tenth of a short command, and
# a third of `init`, whose old pictures of the tables keep it busy.
gc.set_threshold(100_000, 20, 20)


@dataclass(frozen=True)
class Word:
    """A word of the command: its module in this package, what the list of commands says of it, and the thing there.

    `thing` is a function for a plain command, `app` where the word has words of its own.
    """

    module: str
    says: str
    thing: str = "app"
    hidden: bool = False


WORDS: dict[str, Word] = {
    "init": Word(
        "init",
        "Make this place ready: servers, roles, tables, rights, the country's data. Safe to run again.",
        "init",
    ),
    "demo": Word(
        "demo",
        "Show the whole thread on made-up data, from a report to a decision and a release, and serve the pages.",
        "demo",
    ),
    "serve": Word("serve", "Serve the pages, with the worker, the sealer and the collector behind them.", "serve"),
    "worker": Word("worker", "Fetch jobs from the queue and seal the journal, until told to stop.", "worker"),
    "status": Word(
        "status",
        "Show where this place's data live, what runs, whether the journal is sealed in time, how old the backups are.",
        "status",
    ),
    "spool": Word("spool", "What was accepted while the database was away."),
    "report": Word("report", "Reports of violence."),
    "practise": Word(
        "practise",
        "Take five scripted calls against the clock; keystrokes are counted, nothing is stored.",
        "practise",
    ),
    "person": Word("person", "Persons in the records."),
    "risk": Word("risk", "Instruments of risk."),
    "law": Word("law", "The law by date."),
    "order": Word("order", "Protective orders."),
    "document": Word("document", "Papers and their signatures."),
    "facts": Word("facts", "Facts."),
    "indicator": Word("indicator", "Indicators."),
    "release": Word("release", "Releases."),
    "claim": Word("claim", "Statements in figures."),
    "backup": Word("backup", "Backups of data and keys, apart and sealed."),
    "keys": Word("keys", "The master key, and the keys of records."),
    "journal": Word("journal", "The journal and its chain."),
    "staff": Word("staff", "Staff and their mandates."),
    "channel": Word("channel", "Channels of machines and their keys."),
    "door": Word("door", "The web door."),
    "access": Word("explain", "Who can see what, and why."),
    "places": Word("places", "Regions, districts, settlements."),
    "simulate": Word(
        "simulate", "Make synthetic years in a scratch place, and compare every indicator with the ledger.", "simulate"
    ),
    "story": Word("story", "", hidden=True),
    "heard": Word("heard", "", hidden=True),
    "simulation": Word("simulate", "", hidden=True),
}


class Words(TyperGroup):
    """The words of the command, each loaded when it is used."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All words, in the order in which a place is made and used."""
        return list(WORDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command behind a word; None where there is none."""
        if cmd_name not in WORDS:
            return None
        group = typer.main.get_command(_with(cmd_name))
        return group.commands[cmd_name]  # type: ignore[attr-defined]  # a group, since it has a callback

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of words. None of them is loaded for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, word.says) for name, word in WORDS.items() if not word.hidden])


app = typer.Typer(name="qorgan", cls=Words, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


@app.callback()
def _qorgan() -> None:
    """From the first call to a lawful, tracked outcome, and to figures that the public can check."""


def _with(*names: str) -> typer.Typer:
    """An ordinary typer app of the words `names`, all loaded."""
    loaded = typer.Typer(name="qorgan", pretty_exceptions_enable=False, add_completion=False)
    loaded.callback()(_qorgan)
    for name in names:
        word = WORDS[name]
        thing = getattr(import_module(f"qorgan.cli.{word.module}"), word.thing)
        if isinstance(thing, typer.Typer):
            loaded.add_typer(thing, name=name, hidden=word.hidden)
        else:
            loaded.command(name, hidden=word.hidden)(thing)
    return loaded


def whole() -> typer.Typer:
    """The whole command with every word loaded, for the page that describes it."""
    return _with(*WORDS)


def run() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    run()
