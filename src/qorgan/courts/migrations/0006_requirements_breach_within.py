"""A breach of special requirements lies within them: after entry into force, before the end of their months."""

from django.db import migrations

# The end is a day of the place, at its clock: a day more is left for what clocks have done since.
WITHIN = """
create function courts_requirements_breach_within() returns trigger language plpgsql as $$
declare held courts_decision; moment timestamptz;
begin
    select * into strict held from courts_decision where id = new.decision_id;
    moment := coalesce(new.breached_at, new.noticed_at);
    if held.kind <> 'special_requirements' or held.in_force_at is null or moment < held.in_force_at
       or moment >= held.in_force_at + make_interval(months => held.months, days => 1) then
        raise exception 'breach_within_the_requirements' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger lies_within_the_requirements before insert on courts_requirementsbreach
    for each row execute function courts_requirements_breach_within();
"""
GONE = """
drop trigger lies_within_the_requirements on courts_requirementsbreach;
drop function courts_requirements_breach_within();
"""


class Migration(migrations.Migration):
    dependencies = [("courts", "0005_requirements_breach")]

    operations = [migrations.RunSQL(WITHIN, GONE)]
