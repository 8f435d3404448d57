"""The box of a release: files, drawings, papers, the manifest over all of it, the signature over that."""

from qorgan.base.signing import Signer, canonical
from qorgan.indicators.engine import formulas
from qorgan.indicators.engine.cuts import Shape
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.engines import POSTGRES, Engine
from qorgan.releases.engine import compose, parquet
from qorgan.releases.engine.box import MANIFEST, SIGNATURE, pack, sha256
from qorgan.releases.engine.draft import Draft
from qorgan.releases.engine.verify import PURPOSE, content
from qorgan.releases.models import Release
from qorgan.releases.queries.drafts import draft
from qorgan.releases.queries.drawings import charts
from qorgan.releases.queries.printing import papers
from qorgan.releases.rules import CannotRepeat


def assembled(draft: Draft, *, signer: Signer) -> bytes:
    """The box of a draft: the same bytes for the same draft and key, on any day and machine."""
    files = compose.files(draft) | charts(draft) | _questions(draft)
    if draft.parquet:
        made = parquet.written(compose.long_sheets(draft))
        files |= {f"tables/{name}.parquet": data for name, data in made.items()}
    digest = content({name: sha256(data) for name, data in files.items()})
    files |= papers(draft, files, digest=digest, key_id=signer.key_id)
    files[MANIFEST] = canonical(compose.manifest(draft, files))
    files[SIGNATURE] = canonical(signer.sign(files[MANIFEST], purpose=PURPOSE).as_dict())
    return pack(files)


def _questions(draft: Draft) -> dict[str, bytes]:
    """What was asked of the facts for each table, as SQL: a formula can be read and run by whoever has the facts."""
    shape = Shape(by_region=True)
    return {f"queries/{code}.sql": (formulas.sql(code, shape) + "\n").encode() for code in draft.definitions}


def made_again(release: Release, *, signer: Signer, engine: Engine = POSTGRES) -> bytes:
    """The box computed anew from the facts as of the release's moment: byte for byte the one that was built.

    Raises CannotRepeat where this machine lacks what it was made with.
    """
    said = release.manifest
    again = draft(
        period=Period(release.period_from, release.period_to),
        number=release.number,
        as_of=release.as_of,
        revises=said["revises"],
        reason=said["reason"],
        engine=engine,
    )
    here = compose.made_with(again)
    if here != said["made_with"]:
        words = [", ".join(filter(None, each.values())) for each in (said["made_with"], here)]
        raise CannotRepeat(number=release.number, made_with=words[0], here=words[1])
    return assembled(again, signer=signer)
