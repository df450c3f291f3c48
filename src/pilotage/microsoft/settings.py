"""What an installation has to know about Microsoft; made in `pilotage.config`, handed down."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from pilotage.microsoft.clouds import Cloud


@dataclass(frozen=True, slots=True)
class MicrosoftSettings:
    """Two app registrations and where to reach them.

    `login_url` and `graph_url` override the cloud's addresses ("" keeps them); the scope always
    follows the cloud. `import_certificate` is PEM: certificate and private key in any order.
    `ca_file` is a file of authorities to trust instead of the built-in ones; `proxy_url` is what
    HTTPS_PROXY says and `no_proxy` a comma separated list of hosts reached without it. `parallel`
    is how many requests one tenant may get at once, at most.
    """

    cloud: Cloud = Cloud.GLOBAL
    login_url: str = ""
    graph_url: str = ""
    signin_client_id: str = ""
    signin_client_secret: str = field(default="", repr=False)
    import_client_id: str = ""
    import_certificate: str = field(default="", repr=False)
    import_client_secret: str = field(default="", repr=False)
    ca_file: str = ""
    proxy_url: str = field(default="", repr=False)
    no_proxy: str = ""
    parallel: int = 16
    is_login_overridden: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        given, graph = self.login_url.rstrip("/"), self.graph_url.rstrip("/")
        self._set("is_login_overridden", bool(given) and given != self.cloud.login_url)
        self._set("login_url", given or self.cloud.login_url)
        self._set("graph_url", graph.removesuffix("/v1.0") or self.cloud.graph_url)
        # A PEM put into one line of an environment file carries its line ends as \n.
        self._set("import_certificate", self.import_certificate.replace("\\n", "\n").strip())

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def graph_scope(self) -> str:
        """`https://graph.microsoft.com/.default`, or the cloud's own."""
        return self.cloud.graph_scope

    @property
    def login_host(self) -> str:
        """The host name of `login_url`, lower case."""
        return (urlsplit(self.login_url).hostname or "").lower()

    def validate(self, now: datetime) -> list[str]:
        """One sentence per mistake, of web and worker together; empty when all is well."""
        return list(dict.fromkeys(self.validate_web() + self.validate_worker(now)))

    def validate_web(self) -> list[str]:
        """One sentence per mistake that keeps the web process from signing admins in."""
        from pilotage.microsoft import settings_check

        return settings_check.common(self) + settings_check.sign_in(self)

    def validate_worker(self, now: datetime) -> list[str]:
        """One sentence per mistake that keeps the worker from importing."""
        from pilotage.microsoft import settings_check

        return settings_check.common(self) + settings_check.import_credential(self, now)
