"""The help page with all that can go wrong in an import."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.imports.error_catalogue import AREAS, Entry
from pilotage.web.imports.shown import who_acts
from pilotage.web.request import PageRequest


@dataclass(frozen=True, slots=True)
class ShownCode:
    """One code with its entry."""

    code: str
    entry: Entry

    @property
    def who(self) -> str:
        """Who has to act."""
        return who_acts(self.entry)


@require_safe
def import_error_codes(request: PageRequest) -> HttpResponse:
    """Each area with its codes; a run's page links to a code by its anchor."""
    areas = [
        (name, [ShownCode(code, entry) for code, entry in entries.items()])
        for name, entries in AREAS.items()
    ]
    context = {"title": "Import errors", "areas": areas}
    return render(request, "imports/error_codes.html", context)
