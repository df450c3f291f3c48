"""Whether two addresses belong to the same organization, as far as their domains can tell."""

from pilotage.customers.models import Customer


def domain_of(address: str) -> str:
    """What stands behind the @, lower case; of a guest's name too (…#EXT#@contoso.com)."""
    return address.rpartition("@")[2].lower()


def domain_differs(customer: Customer, username: str) -> bool:
    """Whether the admin's domain is another one than the notification address's."""
    return not is_same_organization(domain_of(username), domain_of(customer.notification_email))


def is_same_organization(one: str, other: str) -> bool:
    """Whether the domains are equal, or one lies below the other (mail.contoso.com, contoso.com).

    Compared as DNS does: without regard to case and a dot at the end, names in other scripts in
    their ASCII form (RFC 3490). What is shared by everybody, such as onmicrosoft.com or co.uk, is
    no organization: two names below it have nothing in common. A hint for people and never a
    proof, which is the tenant's id.
    """
    first, second = _labels(one), _labels(other)
    shorter, longer = sorted((first, second), key=len)
    if first == second:
        return bool(first)
    return len(shorter) > 1 and not _is_shared(shorter) and longer[-len(shorter) :] == shorter


def _labels(domain: str) -> list[str]:
    # The ideographic full stops are dots too (RFC 3490, 3.1).
    plain = domain.strip().translate(dict.fromkeys(map(ord, "。．｡"), ".")).rstrip(".").lower()
    try:
        plain = plain.encode("idna").decode()
    except UnicodeError:
        # Too long or with characters that no domain has: only the same text is the same.
        return [plain] if plain else []
    return plain.split(".") if plain else []


def _is_shared(labels: list[str]) -> bool:
    """Below these anybody can have a name; country domains like co.uk by their shape."""
    name = ".".join(labels)
    return name in {"onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn"} or (
        len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SECOND_LEVEL
    )


_SECOND_LEVEL = {"ac", "co", "com", "edu", "gob", "gov", "gv", "ne", "net", "nom", "or", "org"}
