"""The minutes as a PDF, set by Typst from the same blocks as the page, in the Sarabun of the font package."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import fontpkg

from meetings.minutes.layout import Sheet

FAMILY = "Sarabun"
PROGRAM = Path(__file__).with_name("typesetting.py")
SECONDS = 60


def pdf_of(sheet: Sheet, pictures: Mapping[str, bytes]) -> bytes:
    """The file's content. The data goes in as JSON, so nothing in a text is read as markup."""
    with tempfile.TemporaryDirectory() as folder:
        for key, content in pictures.items():
            Path(folder, f"{key}.jpg").write_bytes(content)
        asked = {
            "sheet": asdict(sheet) | {"header": sheet.header, "pictures": sorted(pictures)},
            "folder": folder,
            "fonts": str(fontpkg.path(FAMILY).parent),
        }
        command = [sys.executable, "-I", str(PROGRAM)]
        done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS)
    if done.returncode:
        raise RuntimeError(f"the minutes could not be set: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout
