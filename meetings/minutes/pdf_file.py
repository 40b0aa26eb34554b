"""The minutes as a PDF, set by Typst from the same blocks as the page, in the Sarabun of the font package."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import fontpkg
import typst

from meetings.minutes.layout import Sheet

FAMILY = "Sarabun"
TEMPLATE = Path(__file__).with_name("minutes.typ")


def pdf_of(sheet: Sheet, pictures: Mapping[str, bytes]) -> bytes:
    """The file's content. The data goes in as JSON, so nothing in a text is read as markup."""
    data = asdict(sheet) | {"header": sheet.header, "pictures": sorted(pictures)}
    with tempfile.TemporaryDirectory() as folder:
        for key, content in pictures.items():
            Path(folder, f"{key}.jpg").write_bytes(content)
        return typst.compile(
            TEMPLATE.read_bytes(),
            root=folder,
            font_paths=[fontpkg.path(FAMILY).parent],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
        )
