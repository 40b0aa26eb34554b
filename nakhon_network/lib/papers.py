"""Papers as they are kept: what a file is by its first bytes, whatever it is called; pictures without what the camera
noted."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from nakhon_network.lib.photos import MOST_PIXELS

MOST_BYTES = 20 * 1024 * 1024
HEAD = 1024
MOST_PARTS = 5000  # entries of an office document
QUALITY = 90

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_MACROS = "vbaProject.bin"
_ENCODINGS = ("utf-8-sig", "cp874")


class PaperProblem(ValueError):
    """The file cannot be kept as a paper; `message` is a sentence for the person."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


_TOO_LARGE = _("This file is larger than 20 MB. Please make it smaller, or give the address of where it stands.")
_NOT_ALLOWED = _(
    "This kind of file is not kept. Please choose PDF, Word, Excel, PowerPoint, ODT, ODS, TXT, JPEG or PNG."
)
_MACRO = _("This document holds macros. Please save it without macros, or as PDF.")
_BROKEN = _("This file is broken. Please save it again and choose the new one.")


@dataclass(frozen=True)
class Paper:
    """A file ready to be stored, its size in bytes, and what it is: a key of TYPES."""

    file: File[bytes]
    size: int
    extension: str


def clean_paper(upload: BinaryIO, *, size: int) -> Paper:
    """The paper in an uploaded file of `size` bytes; PaperProblem when it is too large, broken or of another kind."""
    if size > MOST_BYTES:
        raise PaperProblem(_TOO_LARGE)
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(upload, "png" if head.startswith(b"\x89PNG") else "jpg")
    if head.startswith(b"%PDF-"):
        return Paper(File(upload), size, "pdf")
    if head.startswith(b"PK\x03\x04"):
        extension = _office(upload)
        upload.seek(0)
        return Paper(File(upload), size, extension)
    return _text(upload)


def _picture(upload: BinaryIO, extension: str) -> Paper:
    """Written anew in its own size, turned upright, without place and camera."""
    try:
        picture = Image.open(upload, formats=("JPEG", "PNG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise PaperProblem(_("This picture has more than 25 million dots. Please make it smaller first."))
        upright = ImageOps.exif_transpose(picture)
        written = io.BytesIO()
        if extension == "jpg":
            upright.convert("RGB").save(written, "JPEG", quality=QUALITY, optimize=True)
        else:
            upright.convert("RGBA" if "A" in upright.mode or "transparency" in upright.info else "RGB").save(
                written, "PNG"
            )
    except PaperProblem:
        raise
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        raise PaperProblem(_BROKEN) from None
    return Paper(ContentFile(written.getvalue()), written.tell(), extension)


def _office(upload: BinaryIO) -> str:
    """Which kind of document a zip archive is; only its list of parts is read."""
    try:
        with zipfile.ZipFile(upload) as archive:
            names = [one.filename for one in archive.infolist()[:MOST_PARTS]]
            if any(name.endswith(_MACROS) for name in names):
                raise PaperProblem(_MACRO)
            if names and names[0] == "mimetype":
                with archive.open("mimetype") as part:
                    kind = part.read(100).decode("ascii", "replace")
                found = {TYPES["odt"]: "odt", TYPES["ods"]: "ods"}.get(kind)
            else:
                found = next((_MAIN_PARTS[name] for name in names if name in _MAIN_PARTS), None)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as problem:
        if isinstance(problem, PaperProblem):
            raise
        raise PaperProblem(_BROKEN) from None
    if found is None:
        raise PaperProblem(_NOT_ALLOWED)
    return found


def _text(upload: BinaryIO) -> Paper:
    """Plain text in UTF-8 or the Thai code page, kept as UTF-8; anything with control characters is no text."""
    content = upload.read()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(letter < " " and letter not in "\t\n\r\f" for letter in text) or not text.strip():
            break
        kept = text.encode()
        return Paper(ContentFile(kept), len(kept), "txt")
    raise PaperProblem(_NOT_ALLOWED)
