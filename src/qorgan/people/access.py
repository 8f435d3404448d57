"""Who may do what with persons."""

from qorgan.base.scope import check_may

SEE = "people.person.see"
CONTACT = "people.person.contact"

__all__ = ["CONTACT", "SEE", "check_may"]
