"""Microsoft's clouds and their hosts.

Source: https://learn.microsoft.com/graph/deployments and
https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CloudHosts:
    """Where one cloud signs people in and where it answers Graph; `aliases` sign in too."""

    login: str
    graph: str
    aliases: tuple[str, ...] = ()


class Cloud(StrEnum):
    """A Microsoft cloud; GCC customers live in the global one."""

    GLOBAL = "global"
    US_GOV = "usgov"
    US_GOV_DOD = "usgov-dod"
    CHINA = "china"

    @property
    def login_url(self) -> str:
        """The identity platform's address, without a path."""
        return f"https://{_HOSTS[self].login}"

    @property
    def graph_url(self) -> str:
        """Graph's address, without a path."""
        return f"https://{_HOSTS[self].graph}"

    @property
    def graph_scope(self) -> str:
        """The scope that stands for all permissions the tenant has granted."""
        return f"{self.graph_url}/.default"

    @property
    def issuer_template(self) -> str:
        """The `iss` of this cloud's v2 tokens, with the tenant left open."""
        return f"{self.login_url}/{{tenantid}}/v2.0"

    @property
    def login_hosts(self) -> frozenset[str]:
        """Every host whose endpoints this cloud's discovery document may name."""
        hosts = _HOSTS[self]
        return frozenset((hosts.login, *hosts.aliases))


_HOSTS = {
    Cloud.GLOBAL: CloudHosts(
        "login.microsoftonline.com", "graph.microsoft.com", ("login.microsoft.com",)
    ),
    Cloud.US_GOV: CloudHosts("login.microsoftonline.us", "graph.microsoft.us"),
    Cloud.US_GOV_DOD: CloudHosts("login.microsoftonline.us", "dod-graph.microsoft.us"),
    Cloud.CHINA: CloudHosts(
        "login.partner.microsoftonline.cn",
        "microsoftgraph.chinacloudapi.cn",
        ("login.chinacloudapi.cn",),
    ),
}
