"""Writes docs/operate/settings.md: `python -m pilotage.config.reference`."""

import sys

from pilotage.config.environment import SETTINGS, Setting

_HEAD = """# Settings

An installation is set up by environment variables. Each can also be given as a file: set
`NAME_FILE` to a path, and the file's text is the value (for secrets from a vault or from systemd's
`LoadCredential`). Giving both is refused.

`pilotage serve` and `pilotage worker` do not start while something is missing or wrong; each
problem is one sentence. `pilotage doctor` checks the same and then tries it all out.

This page is written by `python -m pilotage.config.reference`; a test compares it with the code.

| setting | type | default | secret |
|---|---|---|---|
"""


def as_markdown() -> str:
    """The whole page."""
    rows = "".join(
        f"| [`{s.name}`](#{s.name.lower()}) | {s.kind} | {_code(s.default)} | "
        f"{'yes' if s.is_secret else ''} |\n"
        for s in SETTINGS
    )
    return _HEAD + rows + "".join(_section(setting) for setting in SETTINGS)


def _section(setting: Setting) -> str:
    text = f"\n## {setting.name}\n\nType: {setting.kind}. {setting.text}\n"
    if setting.default:
        text += f"\nDefault: {_code(setting.default)}\n"
    if setting.example:
        text += f"\nExample: {_code(setting.example)}\n"
    return text


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
