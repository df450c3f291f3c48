"""When the admin's domain is called another one than the notification address's."""

import pytest

from pilotage.onboarding.domains import domain_of, is_same_organization

SAME = [
    ("contoso.com", "contoso.com"),
    ("Contoso.COM", "contoso.com"),
    ("contoso.com.", "contoso.com"),
    ("mail.contoso.com", "contoso.com"),
    ("eu.mail.contoso.com", "contoso.com"),
    ("bücher.example", "xn--bcher-kva.example"),
    ("BÜCHER.example", "bücher.example"),
    ("株式会社。example", "株式会社.example"),
    ("contoso.co.uk", "it.contoso.co.uk"),
]
DIFFERENT = [
    ("contoso.com", "fabrikam.com"),
    ("contoso.com", "contoso.org"),
    ("evilcontoso.com", "contoso.com"),
    ("contoso.com.evil.example", "contoso.com"),
    ("contoso.onmicrosoft.com", "fabrikam.onmicrosoft.com"),
    ("contoso.onmicrosoft.com", "onmicrosoft.com"),
    ("contoso.co.uk", "co.uk"),
    ("contoso.com", "com"),
    ("cоntoso.com", "contoso.com"),
    ("", "contoso.com"),
    ("", ""),
    ("x" * 70 + ".com", "y" * 70 + ".com"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_organization(one: str, other: str) -> None:
    assert is_same_organization(one, other) and is_same_organization(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_organization(one: str, other: str) -> None:
    assert not is_same_organization(one, other) and not is_same_organization(other, one)


def test_a_guests_name_names_the_tenant_they_are_a_guest_of() -> None:
    assert domain_of("Ada_fabrikam.com#EXT#@Contoso.com") == "contoso.com"
