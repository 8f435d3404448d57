"""The manager of a model of which some process may not read every column (`WITHHELD`, see `base.db.rights`)."""

from typing import TypeVar

from django.conf import settings
from django.db import models

from qorgan.base.db.rights import withheld
from qorgan.base.processes import Process

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class WithholdingManager(models.Manager[M_co]):
    """Leaves out of every question what the process may not read; asking for it by name is refused by the database."""

    def get_queryset(self) -> models.QuerySet[M_co]:
        """All rows, without the columns that are withheld from this process."""
        return super().get_queryset().defer(*withheld(self.model, Process(settings.PROCESS)))
