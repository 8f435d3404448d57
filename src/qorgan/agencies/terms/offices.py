"""Words of organisations and of what staff may be let into."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.base import country


class Kind(StrEnum):
    """Kinds of organisations that act in a case or answer for figures (Law 245-VIII names the subjects)."""

    MINISTRY_INTERNAL = "ministry_internal"
    POLICE_REGION = "police_region"
    POLICE_CITY = "police_city"
    POLICE_DISTRICT = "police_district"
    MILITARY_POLICE = "military_police"
    PROSECUTOR = "prosecutor"
    MILITARY_PROSECUTOR = "military_prosecutor"
    COURT = "court"
    GUARDIANSHIP = "guardianship"
    COMMISSION_MINORS = "commission_minors"
    HEALTH = "health"
    SCHOOL = "school"
    CRISIS_CENTRE = "crisis_centre"
    NGO = "ngo"
    OMBUDSMAN = "ombudsman"
    LEGAL_STATISTICS = "legal_statistics"
    TRUST_LINE = "trust_line"
    CONTACT_CENTRE = "contact_centre"
    MINISTRY_INFORMATION = "ministry_information"

    @property
    def is_police(self) -> bool:
        """Whether it is an office of police, of whatever place; the ministry over them and military police are not."""
        return self.value.startswith("police_")

    @property
    def label(self) -> str:
        """What the country calls it, in the language of the moment."""
        names: dict[str, str] = country.toml("agencies/kinds.toml")[self.value]
        return names.get(get_language() or "") or next(iter(names.values()))


class Purpose(StrEnum):
    """Why a mandate reads records: the ground of every look."""

    DOMESTIC_VIOLENCE = "domestic_violence"
    CHILDREN = "children"
    OVERSIGHT = "oversight"
    STATISTICS = "statistics"
    ADMINISTRATION = "administration"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _PURPOSES[self]


_PURPOSES: dict[Purpose, str | Promise] = {
    Purpose.DOMESTIC_VIOLENCE: _("domestic violence"),
    Purpose.CHILDREN: _("protection of children"),
    Purpose.OVERSIGHT: _("oversight of legality"),
    Purpose.STATISTICS: _("legal statistics"),
    Purpose.ADMINISTRATION: _("administration of the system"),
}


class SealGround(StrEnum):
    """Why a thread is sealed: where he, or someone near him, serves; or that someone decided so later."""

    POLICE = "police"
    COURT = "court"  # or prosecution
    ARMY = "army"
    HERE = "here"  # with this system
    DECIDED = "decided"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _SEALS[self]


_SEALS: dict[SealGround, str | Promise] = {
    SealGround.POLICE: _("he, or someone near him, serves in the police"),
    SealGround.COURT: _("he, or someone near him, serves in court or prosecution"),
    SealGround.ARMY: _("he, or someone near him, serves in the army"),
    SealGround.HERE: _("he, or someone near him, works with this system"),
    SealGround.DECIDED: _("by decision"),
}


class BlockGround(StrEnum):
    """Why one person of staff does not see a thread."""

    SELF = "self"
    KIN = "kin"
    SAME_UNIT = "same_unit"
    NAMED = "named"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _BLOCKS[self]


_BLOCKS: dict[BlockGround, str | Promise] = {
    BlockGround.SELF: _("a party may be this person"),
    BlockGround.KIN: _("a party may be kin of this person"),
    BlockGround.SAME_UNIT: _("a party serves in this person's unit"),
    BlockGround.NAMED: _("someone named this person"),
}


class AdmissionGround(StrEnum):
    """Why someone sees one file only."""

    AUTHOR = "author"
    ROUTED = "routed"
    REVIEW = "review"
    SECOND_PERSON = "second_person"
    BREAK_GLASS = "break_glass"
    REFERRAL = "referral"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _ADMISSIONS[self]


_ADMISSIONS: dict[AdmissionGround, str | Promise] = {
    AdmissionGround.AUTHOR: _("wrote it down"),
    AdmissionGround.ROUTED: _("it was routed here"),
    AdmissionGround.REVIEW: _("reviews a block"),
    AdmissionGround.SECOND_PERSON: _("opened by two people"),
    AdmissionGround.BREAK_GLASS: _("opened in an emergency"),
    AdmissionGround.REFERRAL: _("referred by consent"),
}
