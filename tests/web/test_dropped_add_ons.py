"""A SKU that does not go with the add-ons there are: said before it is saved, and undone by going
back.
"""

import re

from django.test import Client

from tests.web.samples import HTMX

PLAN = "/customers/add/plan"


def ticked(text: str) -> set[str]:
    return set(re.findall(r'name="add_ons" value="([\w-]+)"[^>]* checked', text))


def test_it_is_said_which_add_ons_a_new_sku_drops(editor: Client) -> None:
    had = "add_ons=backup&add_ons=teams-governance"
    text = editor.get(f"{PLAN}?sku=education&{had}", headers=HTMX).content.decode()
    assert "Education cannot be sold with" in text and "<b>Backup</b>" in text
    assert "it is dropped when you save" in text.replace("\n", " ")
    assert 'name="dropped" value="backup"' in text
    assert "Teams governance</b>" not in text
    back = editor.get(
        f"{PLAN}?sku=enterprise&add_ons=teams-governance&dropped=backup", headers=HTMX
    )
    assert ticked(back.content.decode()) == {"backup", "teams-governance"}
    assert "cannot be sold with" not in back.content.decode()
