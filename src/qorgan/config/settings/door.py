"""Settings of the process `door`."""

from qorgan.base.processes import Process
from qorgan.config.settings.common import settings_for

globals().update(settings_for(Process.DOOR))
