"""Verifying an exported journal: no database, no settings, only the lines themselves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qorgan.base import signing
from qorgan.base.journal import chain


def verify(lines: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """Whether chain and heads hold: {holds, entries, heads, broken_at, reason}."""
    heads: list[Mapping[str, Any]] = []
    digests: dict[int, str] = {}

    def links() -> Iterator[tuple[int, bytes, Mapping[str, Any]]]:
        for line in lines:
            if "head" in line:
                heads.append(line)
                continue
            digests[int(line["number"])] = line["digest"]
            yield int(line["number"]), bytes.fromhex(line["digest"]), line["entry"]

    broken = chain.check(links())
    if broken:
        return {"holds": False, "entries": len(digests), "heads": 0, "broken_at": broken.number, "reason": broken.reason}
    for line in heads:
        head = line["head"]
        if digests.get(head["number"]) != head["digest"] or not _signed(head, line["signature"]):
            return {
                "holds": False,
                "entries": len(digests),
                "heads": len(heads),
                "broken_at": head["number"],
                "reason": "head",
            }
    return {"holds": True, "entries": len(digests), "heads": len(heads), "broken_at": None, "reason": None}


def _signed(head: Mapping[str, Any], signature: Mapping[str, Any]) -> bool:
    try:
        return signing.verify(
            signing.canonical(dict(head)), signing.Signature.from_dict(dict(signature)), purpose="journal.head"
        )
    except (KeyError, ValueError):
        return False
