"""Logs: one JSON object a line on standard error, with secrets scrubbed by their prefix."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog

# Activation links, API tokens, webhook secrets and bearer tokens never reach a log, nor what
# Microsoft's redirects bring along.
_SECRET = re.compile(
    r"(pla1_[\w-]{22}_|pln1_|plo1_|plk_\w+_|whsec_|Bearer )[\w.~+/=-]+|eyJ[\w-]{8,}\.[\w.-]+"
    r"|(?<=[?&])(code|state|session_state)=[\w.~%-]{20,}"
)


def scrub(_: Any, __: str, event: Any) -> Any:
    """A structlog processor that blackens everything that looks like a secret of ours."""
    return _scrubbed(event)


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET.sub("[secret]", value)
    if isinstance(value, Mapping):
        return {k: _scrubbed(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_scrubbed(v) for v in value]
    return value


def _as_text(value: object) -> str:
    # A request says its whole address, query included, only when it becomes text.
    return _SECRET.sub("[secret]", str(value))


def configure(_: object = None) -> None:
    """Send structlog and the standard library's logging through the same chain."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        scrub,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                scrub,
                structlog.processors.JSONRenderer(default=_as_text),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [out]
    root.setLevel(logging.INFO)
    for noisy in ("procrastinate", "msal", "urllib3"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
