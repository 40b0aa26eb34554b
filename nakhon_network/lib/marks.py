"""Templates drawn once, with marks where values stand: a page then costs a join of strings, not a walk through nodes.

`split(drawn)` cuts a drawing at its marks; `fill` joins the pieces with values. Whoever draws keeps the pieces, by
language and by all else the template was given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.safestring import SafeString

# Private-use characters: no text that was cleaned holds them, and escaping leaves them alone.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}")


def mark(name: str) -> str:
    """What a template is given in place of the value `name`."""
    return f"{_OPEN}{name}{_CLOSE}"


def split(drawn: str) -> list[str]:
    """A drawing as text, name, text, name, …, text; blanks around the ends of lines become one."""
    return _MARKED.split(re.sub(r"\s*\n\s*", " ", drawn))


def fill(pieces: list[str], values: Mapping[str, str]) -> SafeString:
    """The drawing with its values, nothing where there is none. The values must be HTML: escaped, or drawn."""
    filled = list(pieces)
    filled[1::2] = [values.get(name, "") for name in pieces[1::2]]
    # Safe: the template escaped itself, and the values are HTML already.
    return SafeString("".join(filled))
