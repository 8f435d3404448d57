"""The box of a draft: what is written, what is drawn, the manifest over all of it, the signature over that."""

from qorgan.base.signing import Signer, canonical
from qorgan.indicators.engine.periods import Period
from qorgan.releases.engine import compose
from qorgan.releases.engine.box import MANIFEST, SIGNATURE, pack, sha256
from qorgan.releases.engine.draft import Draft
from qorgan.releases.engine.verify import PURPOSE, content
from qorgan.releases.models import Release
from qorgan.releases.queries.drafts import draft
from qorgan.releases.queries.drawings import charts
from qorgan.releases.queries.printing import papers


def assembled(draft: Draft, *, signer: Signer) -> bytes:
    """The box of a draft: the same bytes for the same draft and key, on any day and machine."""
    files = compose.files(draft) | charts(draft)
    digest = content({name: sha256(data) for name, data in files.items()})
    files |= papers(draft, files, digest=digest, key_id=signer.key_id)
    files[MANIFEST] = canonical(compose.manifest(draft, files))
    files[SIGNATURE] = canonical(signer.sign(files[MANIFEST], purpose=PURPOSE).as_dict())
    return pack(files)


def made_again(release: Release, *, signer: Signer) -> bytes:
    """The box computed anew from the facts as of the release's moment: byte for byte the one that was published."""
    said = release.manifest
    again = draft(
        period=Period(release.period_from, release.period_to),
        number=release.number,
        as_of=release.as_of,
        revises=said["revises"],
        reason=said["reason"],
    )
    return assembled(again, signer=signer)
