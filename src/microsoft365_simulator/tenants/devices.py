"""The device resource."""

from __future__ import annotations

from collections.abc import Callable

from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.subject import Kind, Subject
from microsoft365_simulator.tenants.words import MODELS, SYSTEMS


def _system(device: Subject) -> tuple[str, str]:
    return SYSTEMS[device.noise[0] % len(SYSTEMS)]


def _model(device: Subject) -> tuple[str, str]:
    return MODELS[device.noise[1] % len(MODELS)]


def _display(device: Subject) -> str:
    if device.noise[2] < 6:
        return f"Müller’s {_model(device)[1]} \U0001f4f1"
    return f"{_system(device)[0][:4].upper()}-{device.noise.hex()[:8].upper()}"


def _trust(device: Subject) -> str:
    return ("AzureAd", "ServerAd", "Workplace")[device.noise[3] % 3]


def _physical_ids(device: Subject) -> list[str]:
    text = device.noise.hex().upper()
    return [f"[HWID]:h:{device.index}", f"[USER-HWID]:{text}:{device.index}"]


PROPERTIES: dict[str, Callable[[Subject], object]] = {
    "id": lambda d: d.id,
    "deletedDateTime": lambda d: None,
    "accountEnabled": lambda d: d.noise[4] > 20,
    "approximateLastSignInDateTime": lambda d: (
        None if d.noise[5] > 240 else d.home.when(d.noise[5] * d.noise[5] // 64, d.noise[6])
    ),
    "complianceExpirationDateTime": lambda d: None,
    "createdDateTime": lambda d: d.home.when(d.noise[7] * 5, d.noise[8]),
    "deviceCategory": lambda d: None,
    "deviceId": lambda d: derived_guid("device", d.id),
    "deviceMetadata": lambda d: None,
    "deviceOwnership": lambda d: ("Company", "Personal", None)[d.noise[9] % 3],
    "deviceVersion": lambda d: 2,
    "displayName": _display,
    "domainName": lambda d: None,
    "enrollmentProfileName": lambda d: None,
    "enrollmentType": lambda d: "AzureDomainJoined" if d.noise[10] < 128 else None,
    "extensionAttributes": lambda d: {f"extensionAttribute{n}": None for n in range(1, 16)},
    "externalSourceName": lambda d: None,
    "isCompliant": lambda d: (True, False, None)[d.noise[11] % 3],
    "isManaged": lambda d: (True, True, None)[d.noise[11] % 3],
    "isManagementRestricted": lambda d: None,
    "isRooted": lambda d: False if _system(d)[0] in ("Android", "iOS") else None,
    "managementType": lambda d: "MDM" if d.noise[11] % 3 else None,
    "manufacturer": lambda d: _model(d)[0],
    "mdmAppId": lambda d: "0000000a-0000-0000-c000-000000000000" if d.noise[11] % 3 else None,
    "model": lambda d: _model(d)[1],
    "onPremisesLastSyncDateTime": lambda d: (
        d.home.when(d.noise[12] % 9, d.noise[8]) if _trust(d) == "ServerAd" else None
    ),
    "onPremisesSecurityIdentifier": lambda d: (
        f"{d.home.security_identifier}-{d.index + 9_000_000}" if _trust(d) == "ServerAd" else None
    ),
    "onPremisesSyncEnabled": lambda d: True if _trust(d) == "ServerAd" else None,
    "operatingSystem": lambda d: _system(d)[0],
    "operatingSystemVersion": lambda d: _system(d)[1],
    "physicalIds": _physical_ids,
    "profileType": lambda d: "RegisteredDevice",
    "registrationDateTime": lambda d: d.home.when(d.noise[7] * 5, d.noise[8]),
    "sourceType": lambda d: None,
    "systemLabels": lambda d: [],
    "trustType": _trust,
    "alternativeSecurityIds": lambda d: [
        {"type": 2, "identityProvider": None, "key": d.noise.hex().upper()}
    ],
}

DEVICE = Kind(
    code=3,
    path="devices",
    type_name="microsoft.graph.device",
    properties=PROPERTIES,
    default_select=tuple(PROPERTIES),
    relations=frozenset({"registeredOwners", "registeredUsers"}),
)
