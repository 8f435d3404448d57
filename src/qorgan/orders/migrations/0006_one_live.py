"""What an order of before rests on; and that no two from one incident stand at one time for the same two persons."""

import django.db.models.deletion
from django.db import migrations, models

# The first order of a case rests on the report that the case began with, each later one on a fact of its own.
BEGUN = """
    alter table orders_order no force row level security;
    alter table orders_protected no force row level security;
    alter table cases_case no force row level security;
    alter table cases_casereport no force row level security;
    alter table cases_incident no force row level security;
    insert into cases_incident (id, case_id, report_id, territory_id, thread_id, happened_at, noted_at, noted_by)
    select gen_random_uuid(), held.case_id, case when held.turn = 1 then held.report_id end, held.territory_id,
           held.thread_id, case when held.turn > 1 or held.report_id is null then held.drafted_at end, held.drafted_at,
           held.drafted_by
      from (select o.*, row_number() over (partition by o.case_id order by o.drafted_at, o.id) as turn,
                   (select r.report_id from cases_casereport r where r.case_id = o.case_id
                     order by r.joined_at limit 1) as report_id
              from orders_order o) held;
    update orders_order o set incident_id = coalesce(
        (select i.id from cases_incident i where i.case_id = o.case_id and i.happened_at = o.drafted_at),
        (select i.id from cases_incident i where i.case_id = o.case_id and i.report_id is not null));
    set constraints all immediate;
"""

# The span for which an order stands: from its issue to its end, or to the decision that cancelled it; an annulled one
# stood at no time. The database keeps it beside the two persons, whatever a program writes.
LIVE = """
create function orders_live(held orders_order) returns tstzrange language sql immutable as $$
    select case when held.issued_at is null or held.state = 'annulled' then null
                else tstzrange(held.issued_at, least(held.ends_at, held.cancelled_at)) end
$$;
create function orders_protected_kept() returns trigger language plpgsql as $$
declare held orders_order;
begin
    select * into strict held from orders_order where id = new.order_id;
    new.incident_id := held.incident_id;
    new.addressee_id := held.addressee_id;
    new.live := orders_live(held);
    return new;
end $$;
create trigger kept_as_the_order_says before insert or update of incident_id, addressee_id, live on orders_protected
    for each row execute function orders_protected_kept();
create function orders_order_changed() returns trigger language plpgsql as $$
begin
    update orders_protected set live = null where order_id = new.id;
    return null;
end $$;
create trigger tells_whom_it_protects after update of state, issued_at, ends_at, cancelled_at, incident_id, addressee_id
    on orders_order for each row when (
        orders_live(old) is distinct from orders_live(new)
        or (old.incident_id, old.addressee_id) is distinct from (new.incident_id, new.addressee_id)
    ) execute function orders_order_changed();
update orders_protected set live = null;
alter table orders_protected add constraint order_one_live exclude using gist (
    incident_id with =, addressee_id with =, person_id with =, live with &&
) where (live is not null);
"""
GONE = """
alter table orders_protected drop constraint order_one_live;
drop trigger tells_whom_it_protects on orders_order;
drop trigger kept_as_the_order_says on orders_protected;
drop function orders_order_changed();
drop function orders_protected_kept();
drop function orders_live(orders_order);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0005_whole_life"),
        ("law", "0001_initial"),
        ("cases", "0005_incident"),
    ]

    operations = [
        migrations.RunSQL(BEGUN, migrations.RunSQL.noop),
        migrations.AlterField(
            "order",
            "incident",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.incident"
            ),
        ),
        migrations.RunSQL(LIVE, GONE),
        migrations.AddIndex("protected", models.Index(fields=["addressee_id"], name="protected_addressee")),
    ]
