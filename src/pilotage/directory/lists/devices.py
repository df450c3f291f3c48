"""Devices, and the choices of which of them to show."""

from datetime import timedelta

from pilotage.directory.lists.kind import Kind, Narrow, Show
from pilotage.directory.models import Device

STALE_DAYS = 90
# How Entra names the ways in which a device can be known to it.
# Source: https://learn.microsoft.com/graph/api/resources/device (trustType)
_JOINED = {
    "azuread": "Entra joined",
    "serverad": "Hybrid joined",
    "workplace": "Registered",
}


def _runs(system: str) -> Narrow:
    return lambda rows, _: rows.filter(operating_system__istartswith=system)


DEVICES = Kind(
    name="devices",
    noun="device",
    model=Device,
    names=("display_name", "id"),
    searched=("display_name", "operating_system"),
    shows={
        "windows": Show("Windows", _runs("windows")),
        "macos": Show("macOS", _runs("mac")),
        "ios": Show(
            "iOS and iPadOS",
            lambda rows, _: (
                rows.filter(operating_system__iregex="^ip")
                | rows.filter(operating_system__istartswith="ios")
            ),
        ),
        "android": Show("Android", _runs("android")),
        "compliant": Show("Compliant", lambda rows, _: rows.filter(is_compliant=True)),
        "not_compliant": Show("Not compliant", lambda rows, _: rows.filter(is_compliant=False)),
        "disabled": Show("Disabled", lambda rows, _: rows.filter(account_enabled=False)),
        "stale": Show(
            f"Not seen for {STALE_DAYS} days",
            lambda rows, now: rows.filter(last_sign_in_at__lt=now - timedelta(days=STALE_DAYS)),
        ),
    },
)


def joined_as(device: Device) -> str:
    """How the device is known to Entra; what Microsoft sent when it is not known here."""
    trust = device.trust_type or ""
    return _JOINED.get(trust.lower(), trust)
