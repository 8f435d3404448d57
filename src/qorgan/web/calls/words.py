"""The words for 102, made of what was told so far; nothing that was not told."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from qorgan.reports.terms import Serving


def for_102(said: Mapping[str, str], *, serving: Serving, line: str) -> str:
    """A few short sentences: where, who, children, where he is, whether he serves, how she is reached. No name."""
    where = {"home": _("He is at home."), "beside": _("He is beside her."), "gone": _("He has gone.")}
    parts = [
        said.get("address", "").strip() and _("%(place)s.") % {"place": said["address"].strip().rstrip(".")},
        said.get("children", "").strip() and _("Children: %(text)s.") % {"text": said["children"].strip().rstrip(".")},
        where.get(said.get("where", ""), _("Where he is now is not known.")),
        _("She cannot talk freely.") if said.get("talk") == "no" else "",
        _("He, or someone near him, serves: send people of another unit.") if serving.seals else "",
        _("She is reached through %(line)s only.") % {"line": line},
    ]
    return " ".join(part for part in parts if part)
