"""`qorgan init`: servers, roles, tables, rights, and the country's data. Safe to run again."""

from collections.abc import Callable

from qorgan.base import deployment, postgres
from qorgan.base.db import install, rights
from qorgan.base.processes import CHARTERS, Process

Step = Callable[[str], None]


def prepare(*, say: Step) -> None:
    """Servers and roles; needs no Django."""
    say("servers")
    owner, keys = deployment.owner(), deployment.keys_owner()
    passwords = {charter.login: postgres.password(charter.login, deployment.home()) for charter in CHARTERS.values()}
    say("roles")
    scripts = []
    for prepare_one, server in ((install.prepare, owner), (install.prepare_keys, keys)):
        try:
            prepare_one(server.dsn(), name=server.name, passwords=passwords, create=deployment.embedded())
        except install.OwnerMustAct as told:
            scripts.append(told.script)
    if scripts:
        raise install.OwnerMustAct("\n".join(scripts))


def build(*, say: Step) -> None:
    """Tables and rights; runs as the migrator."""
    from django.core.management import call_command
    from django.db import connection, transaction

    say("tables")
    call_command("migrate", verbosity=0, interactive=False)
    say("rights")
    with transaction.atomic(), connection.cursor() as cursor:
        rights.apply(cursor.execute)


def load(*, say: Step) -> None:
    """The country's places, agencies and law; runs as the migrator, who alone may write them."""
    from qorgan.agencies import actions as agencies
    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.places import actions as places

    system = Actor(
        name="init", role="system", permissions=frozenset({"places.territory.import", "agencies.staff.keep"})
    )
    say("places")
    places.load_country(by=system, now=clock.now())
    say("agencies")
    agencies.load_country(by=system, now=clock.now())


def everything(*, say: Step) -> None:
    """All of it, in order."""
    from qorgan.cli.start import begin

    prepare(say=say)
    begin(Process.MIGRATOR)
    build(say=say)
    load(say=say)
