"""`qorgan document`: whether a paper is as it was signed, and by whom."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.cli.start import out

if TYPE_CHECKING:
    from qorgan.base.paper.signed import Verdict

app = typer.Typer(help="Papers and their signatures.", no_args_is_help=True)

# What a script is told: one number for each finding. 1 and 2 are those of every command: failed, wrongly used.
STATUS = {"valid": 0, "changed": 3, "other_key": 4, "expired": 5, "not_signed": 6, "not_a_pdf": 7}


@app.callback()
def _room() -> None:
    """Keeps `verify` a word of its own."""


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="The PDF.")],
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", help="PEM file of the certificates to trust; else this place's."),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Trust the demonstration's key, which proves nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check a signed paper: unchanged, by a key that is trusted, in its time. Needs no database and no network.

    The exit status says which: 0 valid, 3 changed, 4 another key, 5 expired, 6 not signed, 7 no PDF.
    """
    from qorgan.cli.start import failures

    with failures():
        found = _found(file, certificate, demo=demo)
    if as_json:
        out(_shown(file, found))
    else:
        typer.echo(f"{file}: {sentence(found)}")
    raise typer.Exit(STATUS[found.finding.value])


def _found(file: Path, certificate: Path | None, *, demo: bool) -> "Verdict":
    from qorgan.base import clock, signing
    from qorgan.base.paper import signed

    if not file.is_file():
        raise ValueError(f"There is no file {file}.")
    if not signed.can_sign():
        raise ValueError("Signatures in PDF need the extra `sign`: install qorgan[sign].")
    trusted = signing.certificates_in(certificate) if certificate else signing.paper_certificates(demo=demo)
    return signed.verify(file.read_bytes(), trusted=trusted, now=clock.now())


def sentence(found: "Verdict") -> str:
    """One clear sentence for a finding."""
    at = f" at {_minute(found.signed_at)}, as the machine that signed says" if found.signed_at else ""
    told = {
        "valid": f"unchanged since {found.signer} signed it{at}.",
        "changed": "changed after it was signed, or its signature is broken: do not rely on it.",
        "other_key": f"unchanged, but signed by {found.signer}, whose certificate is not trusted here.",
        "expired": f"unchanged, signed by {found.signer}{at}; the certificate was valid from"
        f" {_minute(found.valid_from)} to {_minute(found.valid_until)} and is not now.",
        "not_signed": "a PDF without a signature: nothing says who made it or that it is unchanged.",
        "not_a_pdf": "not a PDF that can be read.",
    }
    return told[found.finding.value]


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "an unknown moment"


def _shown(file: Path, found: "Verdict") -> dict[str, Any]:
    def iso(moment: datetime | None) -> str | None:
        return moment.isoformat(timespec="seconds") if moment else None

    return {
        "file": str(file),
        "finding": found.finding.value,
        "valid": found.finding.value == "valid",
        "sentence": sentence(found),
        "signer": found.signer or None,
        "certificate_sha256": found.fingerprint or None,
        "signed_at": iso(found.signed_at),
        "valid_from": iso(found.valid_from),
        "valid_until": iso(found.valid_until),
    }
