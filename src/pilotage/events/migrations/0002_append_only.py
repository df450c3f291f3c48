"""Events are only ever inserted: a trigger refuses to change or delete them."""

from django.db import migrations

FORWARD = """
    create function events_are_append_only() returns trigger language plpgsql as $$
    begin
        raise exception 'Events are append-only.' using errcode = 'insufficient_privilege';
    end $$;
    create trigger event_append_only before update or delete on events_event
        for each row execute function events_are_append_only();
"""
BACKWARD = """
    drop trigger event_append_only on events_event;
    drop function events_are_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
