"""Users, and the choices of which of them to show."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from pilotage.directory.lists.kind import Kind, Narrow, Show
from pilotage.directory.models import SignInActivity, User

UNUSED_DAYS = (30, 60, 90)
IS_LICENSED = Q(licence_sku_ids__len__gt=0)
_AT = ("last_sign_in_at", "last_non_interactive_at", "last_successful_at")


def with_last_sign_in(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with `last_used_at`, the latest sign-in of any kind, null for none or unknown."""
    activity = SignInActivity.objects.filter(customer_id=OuterRef("customer_id"), id=OuterRef("id"))
    latest = activity.values(at=Greatest(*_AT, output_field=DateTimeField(null=True)))
    with_latest: QuerySet[Any] = rows.annotate(last_used_at=Subquery(latest))
    return with_latest


def unused_since(rows: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Accounts that may sign in, are older than `moment` and have not been used since.

    An account of which Microsoft tells no activity at all is not among them.
    """
    told = SignInActivity.objects.filter(customer_id=OuterRef("customer_id"), id=OuterRef("id"))
    later = Q(*((f"{name}__gte", moment) for name in _AT), _connector=Q.OR)
    rows = rows.filter(account_enabled=True, created_at__lt=moment)
    return rows.filter(Exists(told.exclude(later)))


def _unused(days: int) -> Narrow:
    return lambda rows, now: unused_since(rows, now - timedelta(days=days)).filter(IS_LICENSED)


USERS = Kind(
    name="users",
    noun="user",
    model=User,
    names=("display_name", "user_principal_name", "id"),
    searched=("display_name", "user_principal_name", "mail"),
    shows={
        "enabled": Show("May sign in", lambda rows, _: rows.filter(account_enabled=True)),
        "disabled": Show("Sign-in blocked", lambda rows, _: rows.filter(account_enabled=False)),
        "guests": Show("Guests", lambda rows, _: rows.filter(user_type__iexact="guest")),
        "licensed": Show("With a licence", lambda rows, _: rows.filter(IS_LICENSED)),
        "unlicensed": Show("Without a licence", lambda rows, _: rows.exclude(IS_LICENSED)),
        "synced": Show("Synced from on-premises", lambda rows, _: rows.filter(is_synced=True)),
        "disabled_with_licence": Show(
            "Blocked, but with a licence",
            lambda rows, _: rows.filter(IS_LICENSED, account_enabled=False),
        ),
        **{
            f"unused_{days}": Show(f"With a licence, unused for {days} days", _unused(days))
            for days in UNUSED_DAYS
        },
    },
)
