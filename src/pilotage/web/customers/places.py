"""Addresses that several views of this area need."""

from uuid import UUID

from django.urls import reverse


def customer_address(customer_id: UUID) -> str:
    """The customer's page."""
    return reverse("customer", args=[customer_id])
