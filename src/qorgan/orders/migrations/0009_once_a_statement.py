"""What an order protects follows it once a statement, not once a row: a corrected term moves a million orders."""

from django.db import migrations

# The span is taken from the order's row as the statement left it; what a program writes beside the order itself is
# still set from the order, row by row.
ONCE = """
drop trigger tells_whom_it_protects on orders_order;
drop trigger kept_as_the_order_says on orders_protected;
create or replace function orders_order_changed() returns trigger language plpgsql as $$
begin
    update orders_protected p set (live, incident_id, addressee_id)
           = (orders_live(row(b.*)::orders_order), b.incident_id, b.addressee_id)
      from became b join was w on w.id = b.id
     where p.order_id = b.id
       and (orders_live(row(w.*)::orders_order) is distinct from orders_live(row(b.*)::orders_order)
            or (w.incident_id, w.addressee_id) is distinct from (b.incident_id, b.addressee_id));
    return null;
end $$;
create trigger tells_whom_it_protects after update on orders_order
    referencing old table as was new table as became for each statement execute function orders_order_changed();
create trigger kept_as_the_order_says before insert or update of incident_id, addressee_id, live on orders_protected
    for each row when (pg_trigger_depth() = 0) execute function orders_protected_kept();
"""
EACH = """
drop trigger tells_whom_it_protects on orders_order;
drop trigger kept_as_the_order_says on orders_protected;
create or replace function orders_order_changed() returns trigger language plpgsql as $$
begin
    update orders_protected set live = null where order_id = new.id;
    return null;
end $$;
create trigger kept_as_the_order_says before insert or update of incident_id, addressee_id, live on orders_protected
    for each row execute function orders_protected_kept();
create trigger tells_whom_it_protects after update of state, issued_at, ends_at, cancelled_at, incident_id, addressee_id
    on orders_order for each row when (
        orders_live(old) is distinct from orders_live(new)
        or (old.incident_id, old.addressee_id) is distinct from (new.incident_id, new.addressee_id)
    ) execute function orders_order_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_breach_within")]

    operations = [migrations.RunSQL(ONCE, EACH)]
