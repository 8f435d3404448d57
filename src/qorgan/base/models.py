"""Tables of the ground floor: the journal, its seals and its signed heads."""

from django.db import models
from django.db.models.functions import Now

from qorgan.base.db.types import TransactionIdField
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process

EVERYONE_WRITES = {process: "I" for process in Process if process is not Process.MIGRATOR}


class JournalEntry(models.Model):
    """One act, look, search, export or refusal. Written in the transaction of the act; never changed, never deleted.

    The thing is named by kind and id, without a foreign key, so that the journal neither blocks nor follows it.
    `detail` holds states and numbers of things, never a name, an address or a text.
    """

    id = models.BigAutoField(primary_key=True)
    xid = TransactionIdField(editable=False)
    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=80)
    thing = models.CharField(max_length=40, blank=True)
    thing_id = models.CharField(max_length=64, blank=True)
    staff_id = models.UUIDField(null=True)
    mandate_id = models.UUIDField(null=True)
    process = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    DATA = {
        "id": DataClass.WORK,
        "xid": DataClass.WORK,
        "at": DataClass.WORK,
        "written_at": DataClass.WORK,
        "kind": DataClass.WORK,
        "thing": DataClass.WORK,
        "thing_id": DataClass.PERSONAL,
        "staff_id": DataClass.PERSONAL,
        "mandate_id": DataClass.PERSONAL,
        "process": DataClass.WORK,
        "detail": DataClass.PERSONAL,
    }
    GRANTS = {**EVERYONE_WRITES, Process.WORKER: "SI", Process.COLLECTOR: "SI", Process.STAFF: "SI"}
    APPEND_ONLY = True

    class Meta:
        indexes = [
            models.Index(fields=["thing", "thing_id"], name="journal_thing"),
            models.Index(fields=["xid", "id"], name="journal_order"),
        ]


class JournalSeal(models.Model):
    """The link of the chain for one committed entry: SHA-256 over the link before it, number, day and the entry.

    Links without a day are from before there were days: they cover the entry alone.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    DATA = {
        "number": DataClass.WORK,
        "entry": DataClass.WORK,
        "day": DataClass.WORK,
        "digest": DataClass.WORK,
        "sealed_at": DataClass.WORK,
    }
    GRANTS = {Process.WORKER: "SI", Process.COLLECTOR: "S"}
    APPEND_ONLY = True


class JournalHead(models.Model):
    """The end of the chain when a day was over, signed: what an outsider keeps to catch a chain rewritten whole."""

    day = models.DateField(primary_key=True)
    number = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    signature = models.JSONField()

    DATA = {
        "day": DataClass.PUBLIC,
        "number": DataClass.PUBLIC,
        "digest": DataClass.PUBLIC,
        "signed_at": DataClass.PUBLIC,
        "signature": DataClass.PUBLIC,
    }
    GRANTS = {Process.WORKER: "SI"}
    APPEND_ONLY = True
