"""The Microsoft settings, made from the environment."""

import os
from collections.abc import Mapping

from pilotage.kernel.errors import SettingsError
from pilotage.microsoft.clouds import Cloud
from pilotage.microsoft.settings import MicrosoftSettings

MOST_PARALLEL = 32


def microsoft_settings(values: Mapping[str, str]) -> MicrosoftSettings:
    """What `pilotage.microsoft` has to know; raises SettingsError for an unknown cloud.

    Whether the rest is right is found out by `MicrosoftSettings.validate`, at the start of a
    command that needs it, so that the others run without.
    """
    name = values["PILOTAGE_MICROSOFT_CLOUD"]
    try:
        cloud = Cloud(name)
    except ValueError as error:
        known = ", ".join(cloud.value for cloud in Cloud)
        raise SettingsError([f"PILOTAGE_MICROSOFT_CLOUD must be one of: {known}."]) from error
    return MicrosoftSettings(
        cloud=cloud,
        login_url=values["PILOTAGE_MICROSOFT_LOGIN_URL"],
        graph_url=values["PILOTAGE_GRAPH_URL"],
        signin_client_id=values["PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID"],
        signin_client_secret=values["PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET"],
        import_client_id=values["PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID"],
        import_certificate=values["PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE"],
        import_client_secret=values["PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET"],
        ca_file=values["SSL_CERT_FILE"],
        proxy_url=_either_case("HTTPS_PROXY"),
        no_proxy=_either_case("NO_PROXY"),
        parallel=_parallel(values["PILOTAGE_GRAPH_PARALLEL"]),
    )


def import_chains(values: Mapping[str, str]) -> str:
    """`auto` or `single`; raises SettingsError."""
    word = values["PILOTAGE_IMPORT_CHAINS"]
    if word not in {"auto", "single"}:
        raise SettingsError(["PILOTAGE_IMPORT_CHAINS must be auto or single."])
    return word


def _parallel(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PARALLEL:
        raise SettingsError(
            [f"PILOTAGE_GRAPH_PARALLEL must be a number from 1 to {MOST_PARALLEL}."]
        )
    return int(text)


def _either_case(name: str) -> str:
    return os.environ.get(name) or os.environ.get(name.lower(), "")
