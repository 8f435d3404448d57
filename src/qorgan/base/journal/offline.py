"""Verifying an exported journal: no database, no settings, only the lines themselves."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from qorgan.base import signing
from qorgan.base.journal import chain


def verify(lines: Iterable[Mapping[str, Any]], *, trusted: Collection[str] | None = None) -> dict[str, object]:
    """Whether chain and heads hold: {holds, entries, heads, broken_at, reason, signed_by}.

    `trusted` are the public halves (hexadecimal) of the keys that may have signed heads, got from elsewhere. Without
    them a head proves only that whoever holds the keys `signed_by` vouches for it.
    """
    heads: list[Mapping[str, Any]] = []
    digests: dict[int, str] = {}

    def links() -> Iterator[tuple[int, bytes, Mapping[str, Any]]]:
        for line in lines:
            if "head" in line:
                heads.append(line)
                continue
            digests[int(line["number"])] = line["digest"]
            yield int(line["number"]), bytes.fromhex(line["digest"]), line["entry"]

    try:
        broken = chain.check(links())
        if broken is None:
            broken = next((fault for line in heads if (fault := _head_fault(line, digests, trusted))), None)
    except (KeyError, TypeError, ValueError, AttributeError):  # a changed byte may leave no line of ours at all
        broken = chain.Broken(len(digests) + 1, "unreadable")
    return {
        "holds": broken is None,
        "entries": len(digests),
        "heads": len(heads),
        "broken_at": broken and broken.number,
        "reason": broken and broken.reason,
        "signed_by": sorted(_signers(heads)),
    }


def _signers(heads: Iterable[Mapping[str, Any]]) -> set[str]:
    signatures = (line.get("signature") for line in heads)
    return {str(signature.get("key_id", "")) for signature in signatures if isinstance(signature, Mapping)}


def _head_fault(
    line: Mapping[str, Any], digests: Mapping[int, str], trusted: Collection[str] | None
) -> chain.Broken | None:
    head, signature = line["head"], signing.Signature.from_dict(line["signature"])
    signed = signing.verify(signing.canonical(dict(head)), signature, purpose="journal.head", trusted=trusted)
    same = digests.get(head["number"]) == head["digest"]
    return None if signed and same else chain.Broken(head["number"], "head")
