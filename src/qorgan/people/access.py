"""Who may do what with persons."""

from qorgan.base.scope import check_may

SEE = "people.person.see"
CONTACT = "people.person.contact"
SAME = "people.person.same"

__all__ = ["CONTACT", "SAME", "SEE", "check_may"]
