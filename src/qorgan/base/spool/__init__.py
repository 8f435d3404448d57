"""What is accepted while the database is away: sealed records in segments reserved beforehand, carried in once."""

from qorgan.base.spool.records import Record
from qorgan.base.spool.shelf import Damaged, Exhausted, Other, Shelf, Standing, all_shelves, here

__all__ = ["Damaged", "Exhausted", "Other", "Record", "Shelf", "Standing", "all_shelves", "here"]
