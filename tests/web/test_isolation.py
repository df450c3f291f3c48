"""A stranger from another partner finds nothing, on any route."""

import re
from itertools import product

from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.cast import World
from tests.web.samples import HTMX, failed, onboarded
from tests.web.test_sign_in_default_deny import patterns

SECRET = "Contoso Pharmaceuticals"
PAGES = {
    path: found
    for path, found in patterns(get_resolver())
    if not path.startswith(("/api/", "/activate", "/auth/", "/sign-", "/set", "/demo"))
}
ABOUT_ONE = [path for path, found in PAGES.items() if found.pattern.converters]
ABOUT_ALL = [path for path, found in PAGES.items() if not found.pattern.converters]


def test_both_kinds_of_routes_are_found() -> None:
    assert len(ABOUT_ONE) > 15 and len(ABOUT_ALL) > 8


def with_id(found: URLPattern, ids: dict[str, str]) -> str:
    """The address about the sample's customer or run."""
    return "/" + re.sub(r"<\w+:(\w+)>", lambda m: ids[m[1]], str(found.pattern))


def test_about_one_customer_there_is_nothing(world: World, stranger: Client) -> None:
    customer, run = failed(world, SECRET)
    ids = {
        "customer_id": str(customer.id),
        "run_id": str(run.id),
        "token_id": str(run.id),
        "object_id": str(run.id),
    }
    wrong = []
    for path in ABOUT_ONE:
        address = with_id(PAGES[path], ids)
        for method, headers in product(("GET", "POST"), ({}, HTMX)):
            answer = stranger.generic(method, address, headers=headers)
            if answer.status_code not in {404, 405} or SECRET in answer.content.decode():
                wrong.append(f"{method} {address}: {answer.status_code}")
    assert not wrong
    customer.refresh_from_db()
    assert customer.version == 1 and customer.import_runs.count() == 1


def test_lists_do_not_mention_it(world: World, stranger: Client) -> None:
    customer, _ = failed(world, SECRET)
    onboarded(world, f"{SECRET} 2")
    wrong = []
    for path in ABOUT_ALL:
        answer = stranger.get(f"{path}?ids={customer.id}")
        content = getattr(answer, "streaming_content", None) or [answer.content]
        is_told = SECRET.encode() in b"".join(content)
        if is_told or answer.status_code not in {200, 404, 405, 422}:
            wrong.append(f"{path}: {answer.status_code}")
    assert not wrong


def test_several_at_once_leave_out_what_is_not_theirs(world: World, stranger: Client) -> None:
    customer = onboarded(world, SECRET)
    form = {"ids": [str(customer.id)], f"end-{customer.id}": "2099-01-01"}
    stranger.post("/customers/extend-trials", form, headers=HTMX)
    assert not customer.trial_extensions.exists()
