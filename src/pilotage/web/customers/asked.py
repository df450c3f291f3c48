"""What an address of the customer list asks for; the address is the whole state of the page."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from pilotage.customers.filters import check_sort, narrowed
from pilotage.customers.lifecycle import Status
from pilotage.customers.models import AccountType, Customer
from pilotage.kernel import clock
from pilotage.kernel.errors import invalid


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter or of the columns."""

    value: str
    label: str
    icon: str = ""
    is_chosen: bool = False


# What people call a status: a running account goes by its type.
STATUSES = (
    Option("trial", "Trial"),
    Option("production", "Production"),
    Option(Status.EXPIRED, "Expired"),
    Option(Status.SUSPENDED, "Suspended"),
    Option(Status.TERMINATED, "Terminated"),
)
EXPIRES = (
    Option("7", "In the next 7 days"),
    Option("14", "In the next 14 days"),
    Option("30", "In the next 30 days"),
    Option("90", "In the next 90 days"),
    Option("past", "In the past"),
)
COLUMNS = (
    Option("status", "Status"),
    Option("sku", "SKU and add-ons"),
    Option("seats", "Seats used"),
    Option("expires", "Expiration date"),
    Option("source", "Source"),
    Option("imported", "Last import"),
    Option("partner", "Partner"),
    Option("added", "Added"),
)
USUAL_COLUMNS = ("status", "sku", "seats", "expires", "source", "imported")
USUAL_SORT = "organization_name"


@dataclass(frozen=True, slots=True)
class Asked:
    """Search, filters, order, columns and page."""

    search: str = ""
    status: str = ""
    sku: str = ""
    expires: str = ""
    step: str = ""
    sort: str = USUAL_SORT
    columns: tuple[str, ...] = USUAL_COLUMNS
    cursor: str = ""
    usual_sort: str = USUAL_SORT

    @classmethod
    def of(cls, query: QueryDict, *, columns: str = "", sort: str = USUAL_SORT) -> "Asked":
        """Read an address; `columns` are those remembered by the browser. Raises Invalid."""
        remembered = [c for c in columns.split(".") if c] or list(USUAL_COLUMNS)
        wanted = query.getlist("columns") or remembered
        return cls(
            search=query.get("search", "").strip()[:200],
            status=query.get("status", ""),
            sku=query.get("sku", ""),
            expires=query.get("expires", ""),
            step=query.get("step", ""),
            sort=check_sort(query.get("sort") or sort),
            columns=tuple(c.value for c in COLUMNS if c.value in wanted),
            cursor=query.get("cursor", ""),
            usual_sort=sort,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but order and columns is asked for."""
        return bool(self.search or self.status or self.sku or self.expires or self.step)

    def narrow(self, rows: QuerySet[Customer]) -> QuerySet[Customer]:
        """The rows that match; raises Invalid."""
        kinds = {AccountType.TRIAL.value, AccountType.PRODUCTION.value}
        is_kind = self.status in kinds
        if self.status and self.status not in {s.value for s in STATUSES}:
            raise invalid("status", "There is no such status. Choose one from the list.")
        return narrowed(
            rows,
            now=clock.now(),
            search=self.search,
            status=Status.ACTIVE if is_kind else self.status,
            account_type=self.status if is_kind else "",
            sku=self.sku,
            expires=self.expires,
        )

    def address(self, **changes: str) -> str:
        """The query string with `changes`, without what is usual; a change leaves the cursor."""
        new = replace(self, **{"cursor": "", **changes})  # type: ignore[arg-type]
        parts = {
            "search": new.search,
            "status": new.status,
            "sku": new.sku,
            "expires": new.expires,
            "step": new.step,
            "sort": new.sort if new.sort != new.usual_sort else "",
            "columns": new.columns if set(new.columns) != set(USUAL_COLUMNS) else (),
            "cursor": new.cursor,
        }
        return urlencode({k: v for k, v in parts.items() if v}, doseq=True)
