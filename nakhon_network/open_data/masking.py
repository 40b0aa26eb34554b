"""Texts without what somebody could be reached by: telephone and identity numbers, e-mails, LINE names."""

from __future__ import annotations

import re

HIDDEN = "•••"

# What may stand between two digits of one number, a letter without width included.
_BETWEEN = r"(?:[\s.()\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff-]{0,3}|[/_,~•·])"
_SIGN = r"\s?(?:@|＠|\((?:at|แอท)\)|\[(?:at|แอท)\])\s?"
_ZERO, _SIX = "[0๐０]", "[6๖６]"
_NOT_WITHIN = r"(?<!\d)"
_PATTERNS = [
    # An e-mail, written out or with a word for the sign; one in Thai from where a word begins. Thai has long words,
    # so every run is bounded.
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}{_SIGN}[\w.-]{{2,255}}",
    rf"(?<![^\s@<>()\[\]])[^\s@<>()\[\]]{{1,64}}{_SIGN}[^\s@<>()\[\]]{{1,255}}\.[^\s@<>()\[\]]{{1,63}}",
    r"[A-Za-z0-9._%+-]{1,64}\s{1,2}at\s{1,2}[A-Za-z0-9-]{1,63}\s{1,2}dot\s{1,2}[A-Za-z]{2,63}",
    # The address of a chat or of somebody's own page, a LINE name after the word for it, and any name behind an @.
    r"(?:line\.me|lin\.ee|m\.me|wa\.me|t\.me|facebook\.com|fb\.com|fb\.me|instagram\.com|tiktok\.com)/\S+",
    r"(?:(?<![A-Za-z])line|ไลน์)\s{0,3}(?:id|ไอดี)?\s{0,3}(?:คือ|ชื่อ|เป็น)?\s{0,3}[:=：]?\s{0,3}[@＠]?[A-Za-z0-9][A-Za-z0-9._-]{2,}",
    r"(?<!\w)[@＠][A-Za-z0-9._-]{3,}",
    # A telephone number: from abroad, at home, and whatever follows the word for it.
    rf"\+{_BETWEEN}\d(?:{_BETWEEN}\d){{7,14}}",
    rf"{_NOT_WITHIN}{_SIX}{_BETWEEN}{_SIX}(?:{_BETWEEN}\d){{8,9}}(?!\d)",
    rf"{_NOT_WITHIN}{_ZERO}(?:{_BETWEEN}\d){{8,9}}",
    rf"(?:โทร(?:ศัพท์|สาร)?|เบอร์(?:โทร)?|มือถือ|แฟกซ์|tel|phone|mobile|fax)[\s.:ฯ]{{0,4}}\d(?:{_BETWEEN}\d){{3,14}}",
    # The number of an identity card, whole or in its groups.
    rf"{_NOT_WITHIN}\d[- ]?\d{{4}}[- ]?\d{{5}}[- ]?\d{{2}}[- ]?\d(?!\d)",
]
_REACHES = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def masked(text: str) -> str:
    """The text with marks where somebody could be reached; it rather hides too much."""
    return _REACHES.sub(HIDDEN, text)
