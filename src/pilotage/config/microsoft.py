"""The Microsoft settings, made from the environment."""

import os
from collections.abc import Mapping

from pilotage.kernel.errors import SettingsError
from pilotage.microsoft.clouds import Cloud
from pilotage.microsoft.settings import MicrosoftSettings


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
    )


def _either_case(name: str) -> str:
    return os.environ.get(name) or os.environ.get(name.lower(), "")
