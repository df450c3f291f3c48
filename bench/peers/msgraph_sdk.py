"""Microsoft's own client and SQLAlchemy's ORM, on a sample: the rate is what counts."""

import asyncio
import ssl
import sys
from pathlib import Path
from typing import Any

import httpx
from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph.generated.models.user import User as GraphUser
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory
from sqlalchemy import JSON, Boolean, DateTime, String, create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.peers import job as jobs
from bench.select import ARRAYS, FLAGS, MOMENTS, PAGE, USERS


class Base(DeclarativeBase):  # type: ignore[misc]  # not installed where types are checked
    """SQLAlchemy's registry."""


def attribute(name: str) -> str:
    """userPrincipalName -> user_principal_name, as the client names its properties."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def column(name: str) -> Any:
    """A typed column for a property."""
    if name in ARRAYS:
        return mapped_column(JSON, nullable=True)
    if name in MOMENTS:
        return mapped_column(DateTime(timezone=True), nullable=True)
    return mapped_column(Boolean if name in FLAGS else String, nullable=True)


_COLUMNS = {attribute(name): column(name) for name in USERS if name != "id"}
User: Any = type(
    "User",
    (Base,),
    {
        "__tablename__": "users",
        "__table_args__": {"schema": "tenant"},
        "id": mapped_column(String, primary_key=True),
        **_COLUMNS,
    },
)


def main() -> None:
    """A sample of the users."""
    job = jobs.read()
    engine = create_engine(make_url(job.database_url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("create schema tenant")
    Base.metadata.create_all(engine)
    with jobs.timed():
        asyncio.run(load(job, engine))


async def load(job: jobs.Job, engine: Engine) -> None:
    """Page after page until the sample is complete."""
    credential = ClientSecretCredential(
        job.tenant_id, job.client_id, job.secret, authority=job.url,
        disable_instance_discovery=True, connection_verify=job.ca_file,
    )  # fmt: skip
    context = ssl.create_default_context(cafile=job.ca_file)
    async with credential, httpx.AsyncClient(verify=context, trust_env=False) as http:
        provider = AzureIdentityAuthenticationProvider(
            credential, scopes=[jobs.SCOPE], allowed_hosts=["localhost"]
        )
        core = GraphClientFactory.create_with_default_middleware(client=http, host=job.url)
        adapter = GraphRequestAdapter(provider, core)
        adapter.base_url = job.graph
        await load_users(GraphServiceClient(request_adapter=adapter), engine, job.sample)


async def load_users(client: GraphServiceClient, engine: Engine, wanted: int) -> None:
    """As many users as wanted."""
    parameters = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        select=list(USERS), top=min(PAGE, wanted)
    )
    configuration = RequestConfiguration(query_parameters=parameters)
    page = await client.users.get(request_configuration=configuration)
    done = 0
    while page is not None:
        found = (page.value or [])[: wanted - done]
        with Session(engine) as session:
            session.add_all([as_row(user) for user in found])
            session.commit()
        done += len(found)
        if done >= wanted or not page.odata_next_link:
            return
        page = await client.users.with_url(page.odata_next_link).get()


def as_row(user: GraphUser) -> Any:
    """A user as the table keeps it."""
    values = {name: getattr(user, name) for name in ("id", *_COLUMNS)}
    values["assigned_licenses"] = [
        {
            "skuId": str(item.sku_id),
            "disabledPlans": [str(plan) for plan in item.disabled_plans or []],
        }
        for item in user.assigned_licenses or []
    ]
    return User(**values)


if __name__ == "__main__":
    main()
