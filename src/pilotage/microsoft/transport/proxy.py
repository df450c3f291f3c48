"""Which hosts are reached without the proxy, by the customs of NO_PROXY."""

from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def bypasses(url: str, no_proxy: str) -> bool:
    """Whether `url`'s host is on this machine, or is or ends in a host of `no_proxy`."""
    host = (urlsplit(url).hostname or "").lower()
    for entry in (*LOOPBACK, *no_proxy.lower().split(",")):
        name = entry.strip().lstrip(".")
        if name and (name in ("*", host) or host.endswith(f".{name}")):
            return True
    return False
