"""The version, read from the newest heading of `CHANGELOG.md` (its one truth)."""

import re
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def read_version(text: str) -> str:
    """The first `## 1.2.3` heading of a changelog's text; ValueError when it has none."""
    found = re.search(r"^## (\d+\.\d+\.\d+)\b", text, re.MULTILINE)
    if not found:
        raise ValueError("CHANGELOG.md has no heading like `## 1.2.3`.")
    return found[1]


VERSION = read_version(CHANGELOG.read_text(encoding="utf-8"))
