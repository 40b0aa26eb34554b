"""Run as a program: sets the minutes with Typst. Reads {"sheet", "folder", "fonts"} as JSON, writes the PDF.

A process of its own, because Typst keeps what it set before: a server that called it would grow by what it prints.
It knows nothing of Django and imports nothing of the project.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("minutes.typ")


def main() -> None:
    """From the standard input to the standard output."""
    asked = json.load(sys.stdin.buffer)
    made = typst.compile(
        TEMPLATE.read_bytes(),
        root=asked["folder"],
        font_paths=[asked["fonts"]],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": json.dumps(asked["sheet"], ensure_ascii=False)},
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
