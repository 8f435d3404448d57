"""What the orders of a statement protect is found by their ids: the planner cannot guess how much policies let through."""

import django.db.models.deletion
from django.db import migrations, models

FUNCTION = """
create or replace function orders_order_changed() returns trigger language plpgsql as $$
begin
    update orders_protected p set (live, incident_id, addressee_id)
           = (orders_live(row(b.*)::orders_order), b.incident_id, b.addressee_id)
      from became b join was w on w.id = b.id
     where p.order_id = b.id {found}
       and (orders_live(row(w.*)::orders_order) is distinct from orders_live(row(b.*)::orders_order)
            or (w.incident_id, w.addressee_id) is distinct from (b.incident_id, b.addressee_id));
    return null;
end $$
"""
BY_IDS = FUNCTION.format(found="and p.order_id = any(array(select id from became))")
AS_BEFORE = FUNCTION.format(found="")


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_once_a_statement")]

    operations = [
        migrations.RunSQL(BY_IDS, AS_BEFORE),
        migrations.AlterField(
            "protected",
            "order",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="protected",
                to="orders.order",
            ),
        ),
    ]
