"""Log lines (运行日志) as JSON on standard error, in UTC; secrets and texts of people never get here."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer


def _output(*_args: object) -> structlog.WriteLogger:
    return structlog.WriteLogger(sys.stderr)  # looked up now, so that a test or a service may redirect it


def configure(level: str = "INFO") -> None:
    """Set how lines look and which are written; the application calls it once."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),  # locals hold secrets
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=_output,
        cache_logger_on_first_use=False,
    )


log: Any = structlog.get_logger("yuanrong")
