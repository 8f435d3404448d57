"""Who may do what with figures before they are released."""

from qorgan.base.scope import check_may

SEE = "indicators.indicator.see"

__all__ = ["SEE", "check_may"]
