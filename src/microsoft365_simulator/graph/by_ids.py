"""`POST /directoryObjects/getByIds`: up to a thousand objects of any kind."""

from __future__ import annotations

import msgspec

from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Answer, Call, collection
from microsoft365_simulator.graph.errors import bad_request, denied
from microsoft365_simulator.graph.view import encoded, mixed_rows

AT_MOST = 1000
_TYPES = {
    "user": "users",
    "group": "groups",
    "device": "devices",
    "serviceprincipal": "servicePrincipals",
    "application": "applications",
    "directoryrole": "directoryRoles",
    "administrativeunit": "administrativeUnits",
}


class Wanted(msgspec.Struct):
    """The body of the request."""

    ids: list[str]
    types: list[str] | None = None


def get_by_ids(call: Call) -> Answer:
    """Objects that exist and are of the wanted types; others are left out."""
    try:
        wanted = msgspec.json.decode(call.body, type=Wanted)
    except msgspec.DecodeError as error:
        raise bad_request("Unable to read JSON request payload.") from error
    if not 1 <= len(wanted.ids) <= AT_MOST:
        raise bad_request(f"The ids must be between 1 and {AT_MOST}.", "Request_BadRequest")
    if not any(permissions.may_read(call.roles, name) for name in _TYPES.values()):
        raise denied()
    paths = set(_TYPES.values())
    if wanted.types is not None:
        paths = {_TYPES[name.lower()] for name in wanted.types if name.lower() in _TYPES}
    found = [call.directory.find(object_id) for object_id in dict.fromkeys(wanted.ids)]
    members = [m for m in found if m and call.directory.by_code[m[0]].kind.path in paths]
    context = f"{call.base}/$metadata#directoryObjects"
    return Answer(collection(context, encoded(mixed_rows(call, members))))
