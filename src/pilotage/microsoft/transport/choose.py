"""Which transport an installation uses; made once per process, as it holds the connections."""

from functools import lru_cache
from pathlib import Path

from cryptography import x509

from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport.rustls import RustlsTransport
from pilotage.microsoft.transport.wire import Transport


@lru_cache(maxsize=8)
def transport_for(settings: MicrosoftSettings) -> Transport:
    """The shared transport of these settings; raises OSError for an unreadable `ca_file`."""
    if settings.ca_file and _has_self_certified_server(settings.ca_file):
        from pilotage.microsoft.transport.openssl import OpensslTransport

        return OpensslTransport(settings)
    return RustlsTransport(settings)


def _has_self_certified_server(ca_file: str) -> bool:
    """Whether a trusted authority names a host, so that it is the server's certificate as well."""
    try:
        found = x509.load_pem_x509_certificates(Path(ca_file).read_bytes())
    except ValueError:
        return False
    return any(_is_authority(one) and _names_a_host(one) for one in found)


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _names_a_host(certificate: x509.Certificate) -> bool:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    return any(isinstance(name, x509.DNSName | x509.IPAddress) for name in names)
