"""Import windows, runs that are tried again, and what can go wrong in one."""

from pilotage.imports.error_catalogue import CATALOGUE
from pilotage.imports.models import ImportRun
from tests.cast import World
from tests.cli.conftest import Pilotage
from tests.imports.connected import connect, ended


def test_windows(world: World, pilotage: Pilotage) -> None:
    harbour = ("--partner", "Harbour Cloud")
    assert pilotage("partners", "import-window", *harbour, "--json").json["opens"] == "01:00"
    set_window = ("partners", "set-import-window", *harbour)
    done = pilotage(*set_window, "--opens", "22:00")
    assert done.out == "Nightly imports of Harbour Cloud: 22:00-05:00, Europe/Berlin time\n"
    assert pilotage(*set_window, "--off", "--json").json == {
        "partner_id": str(world.harbour.id),
        "partner_name": "Harbour Cloud",
        "is_enabled": False,
        "opens": "22:00",
        "closes": "05:00",
        "time_zone": "Europe/Berlin",
    }
    assert pilotage(*set_window, "--on").out.startswith("Nightly imports of Harbour Cloud: 22:00")
    refused = pilotage(*set_window, "--closes", "22:15")
    assert (refused.code, refused.err.startswith("error: invalid: ")) == (1, True)
    assert pilotage(*set_window, "--opens", "late").code == 2
    assert "22:00" in pilotage("partners", "import-window", *harbour).out


def test_a_failed_run_is_tried_again(world: World, pilotage: Pilotage) -> None:
    earlier = ended(world, connect(world.add_customer()))
    again = pilotage("imports", "retry", earlier.id, "--json").json
    assert (again["retry_of"], again["purpose"]) == (str(earlier.id), "on_demand")
    assert ImportRun.objects.count() == 2
    assert pilotage("imports", "retry", earlier.id).code == 1


def test_the_catalogue_of_errors(pilotage: Pilotage) -> None:
    codes = [one["code"] for one in pilotage("imports", "error-codes", "--json").json]
    assert codes == list(CATALOGUE)
    assert "certificate_expired" in pilotage("imports", "error-codes").out
