"""Devices (https://learn.microsoft.com/graph/api/device-list)."""

from pilotage.directory.models import Device
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Moment, Name, Shape, Text, named
from pilotage.imports.store.table import table_of


class DeviceShape(Shape, gc=False):
    """A device."""

    device_id: Text | None = None
    display_name: Name | None = None
    account_enabled: bool | None = None
    operating_system: Text | None = None
    operating_system_version: Text | None = None
    trust_type: Text | None = None
    is_compliant: bool | None = None
    is_managed: bool | None = None
    is_synced: bool | None = named("onPremisesSyncEnabled")
    registered_at: Moment | None = named("registrationDateTime")
    last_sign_in_at: Moment | None = named("approximateLastSignInDateTime")


DEVICES = Listing(
    name="devices",
    label="Devices",
    resource="/devices",
    permission="Device.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="Devices that are joined to or registered with the organization.",
    table=table_of(Device),
    shape=DeviceShape,
    rest=("profileType", "manufacturer", "model"),
    delta="/devices/delta",
    is_countable=True,
    weight=12,
)
