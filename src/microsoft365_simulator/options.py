"""What the simulator is started with."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`browser_port` None: no second listener; 0: any free port. `port` 0: any free port."""

    state_dir: Path
    host: str = "127.0.0.1"
    port: int = 9443
    browser_port: int | None = None
    config: Path | None = None
    ready_file: Path | None = None
    page_cache_megabytes: int = 256
