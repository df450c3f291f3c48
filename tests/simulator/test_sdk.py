"""Microsoft's own Graph client, unchanged but for where the server is."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]
from msgraph_core.tasks.page_iterator import PageIterator  # type: ignore[import-untyped]

from tests.simulator.driver import CLIENT_ID, SCOPE, SECRET, Simulator, Tenant

T = TypeVar("T")


def with_client(sim: Simulator, tenant: Tenant, use: Callable[[Any], Awaitable[T]]) -> T:
    """Run something with a client of the tenant."""

    async def run() -> T:
        credential = ClientSecretCredential(
            tenant.id,
            CLIENT_ID,
            SECRET,
            authority=sim.url,
            disable_instance_discovery=True,
            connection_verify=sim.ca_file,
        )
        context = ssl.create_default_context(cafile=sim.ca_file)
        async with credential, httpx.AsyncClient(verify=context, trust_env=False) as http:
            provider = AzureIdentityAuthenticationProvider(
                credential, scopes=[SCOPE], allowed_hosts=["localhost"]
            )
            client = GraphClientFactory.create_with_default_middleware(client=http, host=sim.url)
            adapter = GraphRequestAdapter(provider, client)
            adapter.base_url = f"{sim.url}/v1.0"
            return await use(GraphServiceClient(request_adapter=adapter))

    return asyncio.run(run())


def test_users_page_by_page(sim: Simulator, contoso: Tenant) -> None:
    async def use(client: Any) -> list[str]:
        parameters = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            select=["id", "displayName"], top=500
        )
        configuration = RequestConfiguration(query_parameters=parameters)
        first = await client.users.get(request_configuration=configuration)
        found: list[str] = []

        def collect(user: Any) -> bool:
            found.append(user.id)
            return True

        await PageIterator(first, client.request_adapter).iterate(collect)
        return found

    found = with_client(sim, contoso, use)
    assert len(found) == 1200
    assert set(found) == {user["id"] for user in sim.truth(contoso, "users")}


def test_groups_members_roles_and_licences(sim: Simulator, contoso: Tenant) -> None:
    async def use(client: Any) -> tuple[list[str], int, list[str], list[str]]:
        groups = (await client.groups.get()).value
        members = (await client.groups.by_group_id(groups[3].id).members.get()).value
        roles = (await client.directory_roles.get()).value
        skus = (await client.subscribed_skus.get()).value
        return (
            [group.id for group in groups],
            len(members),
            [role.display_name for role in roles],
            [sku.sku_part_number for sku in skus],
        )

    groups, members, roles, skus = with_client(sim, contoso, use)
    assert len(groups) == 100, "the default page"
    truth = sim.truth(contoso, "memberships")
    assert members == min(100, sum(row["group_id"] == groups[3] for row in truth))
    assert "Global Administrator" in roles
    assert "SPE_E3" in skus


def test_delta_follows_changes(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=300)

    async def use(client: Any) -> tuple[int, list[object]]:
        page, seen = await client.users.delta.get(), 0
        while page.odata_next_link:
            seen += len(page.value)
            page = await DeltaRequestBuilder(client.request_adapter, page.odata_next_link).get()
        seen += len(page.value)
        changes = {"users_added": 2, "users_deleted": 3}
        sim.control("POST", f"tenants/{tenant.id}/changes", changes)
        link = page.odata_delta_link
        changed: Any = await DeltaRequestBuilder(client.request_adapter, link).get()
        return seen, [user.additional_data.get("@removed") for user in changed.value]

    seen, removed = with_client(sim, tenant, use)
    assert seen == 300
    assert removed.count(None) == 2
    assert removed.count({"reason": "changed"}) == 3


def test_a_batch(sim: Simulator, contoso: Tenant) -> None:
    """Through the client's adapter: its own batch classes import a package it does not require."""

    async def use(client: Any) -> dict[str, int]:
        request = RequestInformation()
        request.http_method, request.url = Method.POST, f"{sim.url}/v1.0/$batch"
        wanted = [{"id": str(n), "method": "GET", "url": "/users?$top=1"} for n in range(3)]
        request.set_stream_content(json.dumps({"requests": wanted}).encode(), "application/json")
        body = await client.request_adapter.send_primitive_async(request, "bytes", {})
        return {item["id"]: item["status"] for item in json.loads(body)["responses"]}

    assert with_client(sim, contoso, use) == {"0": 200, "1": 200, "2": 200}
