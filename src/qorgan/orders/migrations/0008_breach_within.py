"""What checks found before is a breach of its own; and a breach lies within the life of its order, once."""

from django.db import migrations

FOUND = """
    alter table orders_breach no force row level security;
    alter table orders_check no force row level security;
    insert into orders_breach (id, order_id, territory_id, thread_id, number, noticed, found_in_id, breached_at,
                               noticed_at, prohibitions, note, written_at, written_by, version)
    select gen_random_uuid(), order_id, territory_id, thread_id,
           row_number() over (partition by order_id order by checked_at, id), 'check', id, breached_at, checked_at,
           '[]', '', checked_at, checked_by, 1
      from orders_check where finding = 'breach';
    set constraints all immediate;
"""

# A breach is written where the order was in force at its moment by its clock: after service, before its end and before
# the decision that cancelled it. What a later correction of the clock does to it is for whoever counts.
WITHIN = """
create function orders_breach_within() returns trigger language plpgsql as $$
declare held orders_order; moment timestamptz;
begin
    select * into strict held from orders_order where id = new.order_id;
    moment := coalesce(new.breached_at, new.noticed_at);
    if held.served_at is null or moment < held.served_at or moment >= least(held.ends_at, held.cancelled_at) then
        raise exception 'breach_within_the_order' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger lies_within_the_order before insert or update of breached_at, noticed_at, order_id on orders_breach
    for each row execute function orders_breach_within();
create function orders_breach_same() returns trigger language plpgsql as $$
declare first orders_breach;
begin
    select * into first from orders_breach where id = new.same_as_id;
    if first.order_id <> new.order_id or first.number >= new.number or first.same_as_id is not null
       or exists (select from orders_breach b where b.same_as_id = new.id)
       or exists (select from orders_breachoutcome o where o.breach_id = new.id) then
        raise exception 'breach_leads_to_the_first' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger leads_to_the_first before insert or update of same_as_id on orders_breach
    for each row when (new.same_as_id is not null) execute function orders_breach_same();
create function orders_breach_followed() returns trigger language plpgsql as $$
begin
    if exists (select from orders_breach b where b.id = new.breach_id and b.same_as_id is not null)
       or exists (select from orders_breachoutcome o where o.breach_id = new.breach_id
                   and (o.kind = 'not_confirmed' or new.kind = 'not_confirmed')) then
        raise exception 'breach_has_one_end' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger has_one_end before insert on orders_breachoutcome
    for each row execute function orders_breach_followed();
"""
GONE = """
drop trigger has_one_end on orders_breachoutcome;
drop trigger leads_to_the_first on orders_breach;
drop trigger lies_within_the_order on orders_breach;
drop function orders_breach_followed();
drop function orders_breach_same();
drop function orders_breach_within();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_breach")]

    operations = [
        migrations.RunSQL(FOUND, migrations.RunSQL.noop),
        migrations.RunSQL(WITHIN, GONE),
    ]
