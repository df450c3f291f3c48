"""The side bar: only entries that have a page behind them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from pilotage.web.sign_in.second_step import is_demo


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the side bar; `names` are further URL names that belong to it."""

    label: str
    icon: str
    name: str
    names: tuple[str, ...] = ()
    address: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    entries: list[Entry]


_GROUPS = (
    Group("", [Entry("Overview", "layout-dashboard", "overview")]),
    Group(
        "Manage",
        [
            Entry(
                "Customers",
                "building-2",
                "customers",
                (
                    *("pending_customers", "customer", "add_customer"),
                    *("customer_imports", "customer_events", "directory_licences"),
                    *(f"directory_{name}" for name in ("users", "groups", "devices")),
                    *(f"directory_{name}_one" for name in ("users", "groups", "devices")),
                ),
            ),
            Entry("Connections", "plug", "connections"),
            Entry("Catalogue", "package", "catalogue"),
            Entry("Operators", "users", "operators"),
        ],
    ),
    Group(
        "Operate",
        [
            Entry("Imports", "cloud-download", "imports", ("import_run", "import_changes")),
            Entry("Nightly imports", "moon", "import_windows", ("set_import_window",)),
            Entry("Seats", "calculator", "counting_rules", ("set_counting_rule",)),
            Entry("Audit log", "scroll-text", "event_log"),
            Entry("API tokens", "key-round", "api_tokens"),
        ],
    ),
)
_ACCOUNT = (Entry("Sign-in and security", "shield-check", "mfa_index"),)


def side_bar(request: HttpRequest) -> list[Group]:
    """The groups with their addresses, the present page marked."""
    return [Group(group.title, _found(request, tuple(group.entries))) for group in _GROUPS]


def account_menu(request: HttpRequest) -> list[Entry]:
    """What the menu at one's own name offers besides signing out; the demo's people have no
    account of their own.
    """
    return [] if is_demo(request.session) else _found(request, _ACCOUNT)


def _found(request: HttpRequest, entries: tuple[Entry, ...]) -> list[Entry]:
    match = request.resolver_match
    here = match.url_name if match else None
    found = []
    for entry in entries:
        try:
            address = reverse(entry.name)
        except NoReverseMatch:
            continue
        is_current = here in {entry.name, *entry.names}
        found.append(Entry(entry.label, entry.icon, entry.name, entry.names, address, is_current))
    return found
