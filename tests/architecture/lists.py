"""Every list of the pages with the most questions it may ask of the database. A new list adds its line here."""

from tests.architecture.guards.queries import Listed

LISTS: tuple[Listed, ...] = ()
