"""What neither the log nor a mail about a failure may hold: ids only, no names, numbers, links or answers."""

import logging
import re
import traceback
from typing import Any

from django.views.debug import ExceptionReporter

# Whoever has one of these addresses can set a password with it, or read somebody's calendar.
_SECRET_ADDRESS = re.compile(r"(/join/|/password/reset/key/|(?<!/account)/calendar/)[^/\s\"']+")
# PostgreSQL repeats the row it refused: names, notes, telephone numbers.
_ROW = re.compile(r"DETAIL:.*?(?=\n(?:The above exception|During handling|Traceback)|\Z)", re.DOTALL)


def discreet(text: str) -> str:
    """The text with `…` in place of the secret of an invitation, reset or calendar link and of the row in an error."""
    return _ROW.sub("DETAIL: …", _SECRET_ADDRESS.sub(r"\1…", text))


class Discreet(logging.Filter):
    """Makes every line of the log, and the trace below it, discreet."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; one that tells too much is rewritten."""
        text = record.getMessage()
        hidden = discreet(text)
        if hidden != text:
            record.msg, record.args = hidden, None
        if record.exc_info and not record.exc_text:
            record.exc_text = discreet(logging.Formatter().formatException(record.exc_info))
        return True


class TraceReporter(ExceptionReporter):
    """Mails the trace of a failure and nothing of the request: no answers of a form, no cookies, no address."""

    def get_traceback_text(self) -> Any:
        """Where it happened in the program."""
        if not isinstance(self.exc_value, BaseException):
            return ""
        return discreet("".join(traceback.format_exception(self.exc_value)))
