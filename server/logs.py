"""One form for everything that is logged: lines for people, or JSON for machines.

A line is one event: what could begin another one (line ends, control characters) is written as an
escape, whoever it came from. What belongs to a request carries its id.
"""

import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

from pythonjsonlogger.orjson import OrjsonFormatter

Form = Literal["text", "json"]

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is answered now."""

FIELDS = "fields"
"""Attribute of a log record: what it says by name, besides its message."""

CONTROLS = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F)}
"""Codes that end a line, or move or turn what a terminal shows."""
ESCAPES = {code: ascii(chr(code))[1:-1] for code in CONTROLS}


def one_line(text: str) -> str:
    """The text with escapes for what would end its line, and for what no file can hold."""
    if not text.isascii():
        text = text.encode("utf-8", "backslashreplace").decode()
    return text if text.isprintable() else text.translate(ESCAPES)


def when(record: logging.LogRecord) -> str:
    """UTC, ISO 8601, to the millisecond."""
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """What a record says by name; of a request's own messages at least its id."""
    named: dict[str, Any] = getattr(record, FIELDS, {})
    if not named and (request := REQUEST_ID.get()):
        return {"request_id": request}
    return named


class TextFormatter(logging.Formatter):
    """``time level message name=value …``; what follows of an exception is indented."""

    def format(self, record: logging.LogRecord) -> str:
        named = "".join(f" {name}={one_line(str(value))}" for name, value in fields(record).items())
        line = f"{when(record)} {record.levelname} {one_line(record.getMessage())}{named}"
        if record.exc_info:
            story = self.formatException(record.exc_info).split("\n")
            line += "".join(f"\n  {one_line(part)}" for part in story)
        return line


class JsonFormatter(OrjsonFormatter):
    """An object a line: time, level, logger, process, message, and what the record says by name."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        log_data["time"] = when(record)
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["process"] = record.process
        log_data["message"] = one_line(record.getMessage())
        log_data |= fields(record)
        if "exc_info" in message_dict:
            text = str(message_dict["exc_info"])
            log_data["exception"] = text.encode("utf-8", "backslashreplace").decode()


def configuration(form: Form) -> dict[str, Any]:
    """For ``logging.config.dictConfig``: everything to standard error in one form.

    Uvicorn configures each of its processes with it; its own messages take the same form.
    """
    formatter = JsonFormatter if form == "json" else TextFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{formatter.__module__}.{formatter.__qualname__}"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"steepest": {"level": "INFO"}, "uvicorn": {"level": "INFO"}},
    }
