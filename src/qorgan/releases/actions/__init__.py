"""The only writes of releases: asking for one, freezing it, and the steps of a second person."""

from qorgan.releases.actions.ask import announce, answer, ask
from qorgan.releases.actions.build import build
from qorgan.releases.actions.steps import check, publish, send_back, withdraw

__all__ = ["announce", "answer", "ask", "build", "check", "publish", "send_back", "withdraw"]
