"""The sums over some runs that become counters. `{runs}` says which runs."""

# Upper ends in seconds: from a small tenant's changes to a giant's first reading.
BUCKETS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400)

# One row per counter and labels: name, first, second, value. `first` and `second` are the labels
# in the order in which docs/operate/metrics.md gives them. What a retry took over from the attempt
# before (`is_carried`) was counted there.
SUMS = """
    select 'runs' as name, r.state as first, r.kind as second, 1.0 as value
    from imports_importrun r where {runs} and r.finished_at is not null
    union all
    select 'seconds', r.kind, '', extract(epoch from r.finished_at - r.started_at)
    from imports_importrun r where {runs} and r.finished_at >= r.started_at
    union all
    select 'seconds_bucket', r.kind, b.upper::text, 1.0
    from imports_importrun r, unnest(%(buckets)s::int[]) as b(upper)
    where {runs} and r.finished_at >= r.started_at
    and extract(epoch from r.finished_at - r.started_at) <= b.upper
    union all
    select 'seconds_count', r.kind, '', 1.0
    from imports_importrun r where {runs} and r.finished_at >= r.started_at
    union all
    select 'waits', '', '', r.waits from imports_importrun r where {runs}
    union all
    select 'units', '', '', r.resource_units from imports_importrun r where {runs}
    union all
    select c.name, p.collector, '', c.value
    from imports_importrun r join imports_collectorprogress p on p.run_id = r.id
    cross join lateral (values
        ('pages', p.page_number), ('read', p.read), ('written', p.written), ('removed', p.removed)
    ) as c(name, value)
    where {runs} and not p.is_carried
    union all
    select 'errors', e.code, '', e.count
    from imports_importrun r join imports_runerror e on e.run_id = r.id where {runs}
"""
