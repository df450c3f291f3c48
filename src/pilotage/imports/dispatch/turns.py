"""The question that dispatch asks: for each partner with something to read, what is next?

In the order in which a free worker would take them:
1. partners of whose runs the fewest are being read right now,
2. among these the one that was served longest ago,
3. of a partner's runs first imports, then those on demand, then nightly ones; the oldest first.

A partner with 10,000 runs costs as much as one with a single run: the partners are found by jumping
through the index of unfinished runs, and each partner's next run is its first entry there.
"""

# A worker that has picked a run takes its lease at once; one that died in between is not waited
# for longer than this.
CLAIM_SECONDS = 10

_UNFINISHED = "r.state in ('queued', 'waiting', 'running')"
_DUE_SINCE = "coalesce(r.due_at, r.created_at)"
# Taking the lease raises the fence, and so ends the claim.
_CLAIMED = (
    "r.picked_fence = r.fence"
    f" and r.picked_at > statement_timestamp() - interval '{CLAIM_SECONDS} seconds'"
)
_DUE = f"""(
    r.state = 'queued'
    or (r.state = 'waiting' and r.waiting_until <= statement_timestamp())
    or (r.state = 'running' and r.lease_until < statement_timestamp())
) and ({_CLAIMED}) is not true"""

# Common table expressions, to be continued by a query over `turn`.
TURNS = f"""
    with recursive lane(partner_id) as (
        (
            select r.partner_id from imports_importrun r
            where {_UNFINISHED} order by r.partner_id limit 1
        )
        union all
        select (
            select r.partner_id from imports_importrun r
            where {_UNFINISHED} and r.partner_id > lane.partner_id
            order by r.partner_id limit 1
        )
        from lane where lane.partner_id is not null
    ),
    being_read as (
        select r.partner_id, count(*) as runs from imports_importrun r
        where r.state = 'running' and r.lease_until >= statement_timestamp()
        group by r.partner_id
    ),
    turn as (
        select lane.partner_id, next.id, next.purpose, next.created_at, next.due_since,
               coalesce(being_read.runs, 0) + claimed.runs as busy, served.at as served_at
        from lane
        left join being_read on being_read.partner_id = lane.partner_id
        cross join lateral (
            select r.id, r.purpose, r.created_at, {_DUE_SINCE} as due_since
            from imports_importrun r
            where r.partner_id = lane.partner_id and {_UNFINISHED} and {_DUE}
            order by r.purpose, r.created_at limit 1
        ) next
        cross join lateral (
            select count(*) as runs from imports_importrun r
            where r.partner_id = lane.partner_id and {_UNFINISHED} and {_CLAIMED}
        ) claimed
        cross join lateral (
            select max(r.picked_at) as at from imports_importrun r
            where r.partner_id = lane.partner_id
        ) served
    )
"""  # noqa: S608 - made of the constants above

# As above: 1, 2, 3.
ORDER = "order by busy, served_at nulls first, purpose, created_at"
