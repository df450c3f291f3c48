"""Are all settings there that web and worker need?"""

from collections.abc import Iterator

from django.conf import settings

from pilotage.kernel.finding import Finding, ok, problem


def check_settings() -> Iterator[Finding]:
    """One problem per missing or wrong setting."""
    sentences = {s: None for command in ("serve", "worker") for s in settings.MISSING_FOR(command)}
    for sentence in sentences:
        name = sentence.split(" ", 1)[0]
        yield problem("settings", sentence, f"Set {name}; see docs/operate/settings.md.")
    if not sentences:
        yield ok("settings", "all that web and worker need")
    if "PILOTAGE_BASE_URL" in settings.SETTINGS_GIVEN:
        yield ok("base URL", f"links begin with {settings.BASE_URL}")
