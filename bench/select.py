"""What both sides ask Graph for: the properties that Pilotage's collectors select.

Written down once more, because the peers run without Pilotage. `rows/same_work.py` compares this
with what Pilotage was seen to ask for, so that it cannot drift.
"""

PAGE = 999
USERS = (
    "id",
    "userPrincipalName",
    "displayName",
    "givenName",
    "surname",
    "mail",
    "accountEnabled",
    "userType",
    "externalUserState",
    "department",
    "jobTitle",
    "companyName",
    "employeeId",
    "employeeType",
    "officeLocation",
    "city",
    "country",
    "usageLocation",
    "preferredLanguage",
    "mobilePhone",
    "businessPhones",
    "proxyAddresses",
    "createdDateTime",
    "onPremisesSyncEnabled",
    "assignedLicenses",
)
GROUPS = (
    "id",
    "displayName",
    "description",
    "mail",
    "mailEnabled",
    "securityEnabled",
    "groupTypes",
    "visibility",
    "membershipRule",
    "isAssignableToRole",
    "createdDateTime",
    "onPremisesSyncEnabled",
)
DEVICES = (
    "id",
    "deviceId",
    "displayName",
    "accountEnabled",
    "operatingSystem",
    "operatingSystemVersion",
    "trustType",
    "profileType",
    "manufacturer",
    "model",
    "isCompliant",
    "isManaged",
    "onPremisesSyncEnabled",
    "registrationDateTime",
    "approximateLastSignInDateTime",
)
LISTS = {"users": USERS, "groups": GROUPS, "devices": DEVICES}
FLAGS = frozenset({"accountEnabled", "mailEnabled", "securityEnabled", "isAssignableToRole",
                   "isCompliant", "isManaged", "onPremisesSyncEnabled"})  # fmt: skip
MOMENTS = frozenset({"createdDateTime", "registrationDateTime", "approximateLastSignInDateTime"})
ARRAYS = frozenset({"businessPhones", "proxyAddresses", "assignedLicenses", "groupTypes"})
