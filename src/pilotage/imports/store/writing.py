"""For whom and by what rows are written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Writing:
    """One collector of one run at work for a customer.

    `is_fresh`: the table held nothing of the customer's when the collector began, so what it
    brings need not be noted object by object. `at` is the time of removals.
    """

    run_id: UUID
    customer_id: UUID
    collector: str
    is_fresh: bool
    at: datetime
