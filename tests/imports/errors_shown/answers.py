"""Answers that cannot be used, and pages that lead nowhere."""

import json
from dataclasses import replace
from typing import Any

from tests.imports.errors_shown.case import DEVICES, Case, Scene, of_answers, of_graph


def _list(*items: Any, next_link: str = "") -> str:
    return json.dumps({"value": items, **({"@odata.nextLink": next_link} if next_link else {})})


def _loop(scene: Scene) -> None:
    link = f"{scene.settings.MICROSOFT.graph_url}/v1.0/devices?$top=5"
    scene.fault("other_body", DEVICES, body=_list({"id": "d1"}, next_link=link))


def _no_domains(scene: Scene) -> None:
    scene.fault("other_body", r"^/v1\.0/domains(\?|$)", body=_list())


CASES = [
    of_answers("answer_unreadable", "truncated_json"),
    of_answers("answer_cut_off", "drop"),
    of_answers("answer_is_a_page", "html_200"),
    of_answers("answer_is_no_list", "other_body", body='{"value": {"id": "d1"}}'),
    of_answers("answer_too_large", "huge_body", megabytes=70),
    Case("nothing_returned", _no_domains, collector="domains", is_microsofts=False),
    Case("link_loop", _loop),
    of_answers("endless_pages", "endless_pages"),
    replace(
        of_answers(
            "foreign_link", "other_body",
            body=_list({"id": "d1"}, next_link="https://graph.evil.example/v1.0/devices"),
        ),
        is_microsofts=False,
    ),
    of_graph(
        "unexpected_redirect", 302, "Moved", headers={"location": "https://graph.evil.example/"}
    ),
    of_answers("object_unreadable", "other_body", body=_list({"id": "d1", "displayName": 5})),
    of_answers("object_without_id", "other_body", body=_list({"displayName": "Nobody"})),
]  # fmt: skip
