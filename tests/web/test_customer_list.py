"""The Customers tab: rows, search, filters, order, pages, columns and CSV."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.models import AccountType, Source
from pilotage.kernel import clock
from tests.cast import World
from tests.web.samples import HTMX, onboarded


def names(client: Client, query: str = "") -> list[str]:
    """The organizations that the list shows, in its order."""
    response = client.get(f"/customers{query}")
    assert response.status_code == 200
    return [row.customer.organization_name for row in response.context["rows"]]


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    """The rows of the CSV file."""
    response = client.get(f"/customers.csv{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_the_same_queries_for_3_and_for_30(
    world: World, editor: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        onboarded(world, f"Customer {number:02}")
    names(editor)  # the first request also notes that the session is in use
    with django_assert_num_queries(13):
        assert len(names(editor)) == count


def test_it_shows_who_is_on_board_and_not_who_is_pending(world: World, editor: Client) -> None:
    onboarded(world, "Contoso")
    world.add_customer(organization_name="Fabrikam")
    assert names(editor) == ["Contoso"]
    page = editor.get("/customers").content.decode()
    assert "Essentials</td>" in page
    assert "wideworld.example" in page and "Trial" in page and "MSP" in page


def test_status_says_what_holds_now(world: World, editor: Client) -> None:
    past = clock.now() - timedelta(days=1)
    onboarded(world, "Running trial")
    onboarded(world, "Production", account_type=AccountType.PRODUCTION)
    onboarded(world, "Over", expires_at=past)
    suspend(world.editor, onboarded(world, "Held").id, reason="Payment overdue")
    assert names(editor, "?status=trial") == ["Running trial"]
    assert names(editor, "?status=production") == ["Production"]
    assert names(editor, "?status=expired") == ["Over"]
    assert names(editor, "?status=suspended") == ["Held"]
    assert names(editor, "?expires=past") == ["Over"]
    assert names(editor, "?expires=14") == ["Held", "Production", "Running trial"]
    assert editor.get("/customers?status=nonsense").status_code == 422


def test_search_finds_names_addresses_and_domains(world: World, editor: Client) -> None:
    onboarded(world, "Contoso", notification_email="it@contoso.example")
    onboarded(world, "Fabrikam")
    assert names(editor, "?search=CONTO") == ["Contoso"]
    assert names(editor, "?search=contoso.example") == ["Contoso"]
    assert "No customer matches" in editor.get("/customers?search=zzz").content.decode()


def test_it_sorts_and_pages_by_key(
    world: World, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotage.web.customers.list_page.PAGE_SIZE", 2)
    for number, name in enumerate(["Delta", "Alpha", "Charlie", "Bravo"]):
        onboarded(world, name, seats_used=number)
    assert names(editor) == ["Alpha", "Bravo"]
    cursor = editor.get("/customers").context["page"].next
    assert names(editor, f"?cursor={cursor}") == ["Charlie", "Delta"]
    assert names(editor, "?sort=-seats_used") == ["Bravo", "Charlie"]
    assert editor.get("/customers?sort=password").status_code == 422
    assert editor.get("/customers?cursor=broken").status_code == 422


def test_columns_are_chosen_and_remembered(world: World, editor: Client) -> None:
    onboarded(world, "Contoso")
    assert "Seats used</a></th>" in editor.get("/customers").content.decode().replace("\n", "")
    chosen = editor.get("/customers?columns=status&columns=expires").content.decode()
    assert "Seats used</a></th>" not in chosen.replace("\n", "")
    assert editor.get("/customers").context["columns"] == ("status", "expires")


def test_a_fragment_leaves_a_short_address_to_share(world: World, editor: Client) -> None:
    query = "?search=&status=trial&sku=&expires=&columns=status&columns=sku&columns=seats"
    query += "&columns=expires&columns=source&columns=imported"
    response = editor.get(f"/customers{query}", headers=HTMX)
    assert response.headers["HX-Push-Url"] == "/customers?status=trial"


def test_csv_has_what_is_filtered(world: World, editor: Client) -> None:
    onboarded(world, "Contoso", source=Source.DIRECT)
    onboarded(world, "Fabrikam")
    world.add_customer(organization_name="Pending Inc")
    assert [row["organization_name"] for row in exported(editor)] == ["Contoso", "Fabrikam"]
    rows = exported(editor, "?search=fabri")
    assert [(row["sku"], row["status"], row["source"]) for row in rows] == [
        ("essentials", "Trial", "msp")
    ]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_of_the_csv_is_a_formula(world: World, editor: Client, begin: str) -> None:
    customer = onboarded(world, "Contoso")
    type(customer).objects.filter(id=customer.id).update(organization_name=f"{begin}1+1")
    # Behind a tab another cell may begin.
    shown = f"'{begin}1+1".replace("\t=", "\t'=")
    assert exported(editor)[0]["organization_name"] == shown


def test_where_semicolons_part_cells_none_is_a_formula_either(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso")
    type(customer).objects.filter(id=customer.id).update(organization_name="Anna;=1+1")
    answer = editor.get("/customers.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_a_viewer_reads_all_of_it_and_may_add_nobody(world: World, viewer: Client) -> None:
    onboarded(world, "Contoso")
    assert names(viewer) == ["Contoso"]
    page = viewer.get("/customers").content.decode()
    assert 'href="/customers/add"' not in page
    assert "needs the editor role" in page


def test_the_empty_list_says_how_to_begin(editor: Client) -> None:
    page = editor.get("/customers").content.decode()
    assert "No customers yet" in page and 'href="/customers/add"' in page
