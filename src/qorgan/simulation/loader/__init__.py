"""A plan set by set instead of act by act: the same rows in minutes. The one exception to "writes only in actions".

Each step of a thread leaves what the action of that step would leave: records, duties, rows of the journal. That it
does is proven row by row against the actions (`simulation.sameness`), never assumed. It works as staff do, under
row-level security, which is why it inserts sets and does not COPY where a place scopes the rows: PostgreSQL refuses
COPY there.
"""

from qorgan.simulation.loader.run import Loaded, load

__all__ = ["Loaded", "load"]
