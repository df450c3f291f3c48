"""Addresses of a customer's directory."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from pilotage.directory.lists import KINDS
from pilotage.web.directory import licences_page as licences
from pilotage.web.directory.list_page import directory_csv, directory_list, directory_start
from pilotage.web.directory.object_page import directory_object


class Opaque(StringConverter):
    """An id of Microsoft's: usually a GUID, but that is not for us to say."""

    regex = r"(?s:.+)"


register_converter(Opaque, "opaque")
ONE = "customers/<uuid:customer_id>/directory"

urlpatterns = [
    path(ONE, directory_start, name="directory"),
    path(f"{ONE}/licences", licences.directory_licences, name="directory_licences"),
    path(f"{ONE}/licences.csv", licences.directory_licences_csv, name="directory_licences_csv"),
    path(f"{ONE}/insights", licences.directory_insights, name="directory_insights"),
]
for name, kind in KINDS.items():
    given = {"kind": kind}
    urlpatterns += [
        path(f"{ONE}/{name}", directory_list, given, name=f"directory_{name}"),
        path(f"{ONE}/{name}.csv", directory_csv, given, name=f"directory_{name}_csv"),
        path(
            f"{ONE}/{name}/<opaque:object_id>",
            directory_object,
            given,
            name=f"directory_{name}_one",
        ),
    ]
