"""Installs this checkout into the environment that runs this, without copying it.

What `pip install --editable` does, less the build backend that it would have to fetch.
"""

import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A path with a space cannot stand behind #!, so the shell begins and hands over.
SCRIPT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys
from {module} import {function}
sys.exit({function}())
"""


def main() -> None:
    """Write a .pth file, the package's name and version, and its commands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = Path(sysconfig.get_path("purelib"))
    name, version = project["name"], project["version"]
    (packages / f"{name}.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    for old in packages.glob(f"{name}-*.dist-info"):
        for path in old.iterdir():
            path.unlink()
        old.rmdir()
    facts = packages / f"{name}-{version}.dist-info"
    facts.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (facts / "METADATA").write_text(metadata, encoding="utf-8")
    (facts / "INSTALLER").write_text("tools/link_package.py\n", encoding="utf-8")
    for command, target in project["scripts"].items():
        _write_command(Path(sysconfig.get_path("scripts")) / command, target)


def _write_command(path: Path, target: str) -> None:
    module, _, function = target.partition(":")
    text = SCRIPT.format(python=sys.executable, module=module, function=function)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


if __name__ == "__main__":
    main()
