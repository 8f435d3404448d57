"""Second factors as the database keeps them: allauth asks this adapter before it writes and after it reads."""

from allauth.mfa.adapter import DefaultMFAAdapter

from qorgan.base.keys.vault import Damaged
from qorgan.web.account import sealing

_AT = "mfa.authenticator"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of one-time codes and seeds of recovery codes, sealed."""

    def encrypt(self, text: str) -> str:
        """What goes into the database."""
        return sealing.seal(text, at=_AT)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed. Raises Damaged where someone changed it, or wrote a secret of his own beside it."""
        try:
            return sealing.unseal(encrypted_text, at=_AT)
        except sealing.NotSealed as failure:
            raise Damaged from failure
