"""Printed pages by typst: a template under `templates/` and plain data in, a PDF out.

Data travels as JSON in `sys.inputs.data`, so it is text and never markup; `templates/typesetting/paper.typ` reads it
and knows how our pages look. Fonts are the packaged Sarabun and nothing of the machine's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import typst
from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "templates"
# Controls, lone surrogates, bidi overrides and what is no character: nothing a page of paper could show.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+")
_TABS = re.compile("[\t\v]")


def compile(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF that `template` (a path below `templates/`) draws of `data`: dicts, lists, dataclasses, texts, numbers.

    Some thirty pages a second; other threads go on meanwhile. Raises typst.TypstError when the template is wrong.
    """
    said = json.dumps(printable(data), ensure_ascii=False)
    compiler = typst.Compiler(
        str(ROOT / template),
        root=str(ROOT),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": said},
    )
    pages = compiler.compile(format="pdf")
    assert isinstance(pages, bytes)  # a PDF is one file, whatever its number of pages
    return pages


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = str(fontpkg_sarabun.ROOT / "files")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def printable(value: Any) -> Any:
    """The value as JSON holds it, without characters that cannot be printed; line ends stay."""
    if isinstance(value, Mapping):
        return {str(name): printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    if is_dataclass(value):
        return {field.name: printable(getattr(value, field.name)) for field in fields(value)}
    if value is None or isinstance(value, bool | int | float):
        return value
    return _UNPRINTABLE.sub("", _TABS.sub(" ", str(value)))
