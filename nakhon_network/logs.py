"""What the log must not hold."""

import logging
import re

# Whoever has one of these addresses can set a password with it.
_SECRET_ADDRESS = re.compile(r"(/join/|/password/reset/key/)[^/\s\"']+")


class HideTokens(logging.Filter):
    """Puts `…` in the place of the token of an invitation or reset link, wherever a line of the log names one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; one that names such a link is rewritten."""
        text = record.getMessage()
        hidden = _SECRET_ADDRESS.sub(r"\1…", text)
        if hidden != text:
            record.msg, record.args = hidden, None
        if record.exc_info and not record.exc_text:
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_text = _SECRET_ADDRESS.sub(r"\1…", trace)
        return True
