"""Which files may be read at all, decided before anything parses them. Knows bytes, no rows."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ENTRIES = 2000
# XML of a sheet packs about 1:20; what packs far better was made to burst.
MOST_RATIO = 150
SMALL_ENTRY = 1024 * 1024
CHUNK = 256 * 1024
XLSX, CSV, CSV_ZIP = "xlsx", "csv", "csv.zip"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ALONGSIDE = frozenset({"media", "__MACOSX"})
_DOCTYPE = b"<!DOCTYPE"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOMS = (b"\xff\xfe", b"\xfe\xff")


class FileProblem(ValueError):
    """The file cannot be read as a spreadsheet; `message` is a sentence for the person."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


def kind_of(path: Path) -> str:
    """`xlsx`, `csv` or `csv.zip`, by what is in the file and not by its name.

    Raises FileProblem for anything else, and for an archive that would burst, hide or refer to something.
    """
    size = path.stat().st_size
    if size == 0:
        raise FileProblem(_("This file is empty."))
    if size > MOST_BYTES:
        raise FileProblem(_("This file is larger than 30 MB. Please split it, one file for each zone."))
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_OLD_EXCEL):
        if _ENCRYPTED in path.read_bytes():
            raise FileProblem(_("This file is locked with a password. Please save it without one."))
        raise FileProblem(_("This is an old Excel file. Please open it and save it as .xlsx."))
    if head.startswith(b"PK"):
        return _kind_of_archive(path)
    if head.startswith(_BOMS):
        raise FileProblem(_("The letters of this file cannot be read. Please save it as CSV UTF-8, or as .xlsx."))
    if b"\0" in path.read_bytes():
        raise FileProblem(_("This file is no spreadsheet. Please choose an .xlsx or a .csv file."))
    return CSV


def is_csv(name: str) -> bool:
    """Whether a name within an archive is that of a table."""
    return tells(name) and PurePosixPath(name).suffix.lower() == ".csv"


def tells(name: str) -> bool:
    """Whether a file of an archive is more than what came along with its tables: pictures, and what a Mac adds."""
    path = PurePosixPath(name)
    return _ALONGSIDE.isdisjoint(path.parts[:1]) and not path.name.startswith(".")


def _kind_of_archive(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise FileProblem(_too_large())
            _check_entries(archive, entries)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise FileProblem(_("This file is damaged. Please save it again and send the new one.")) from None
    names = [entry.filename for entry in entries if not entry.is_dir()]
    if "xl/workbook.xml" in names:
        return XLSX
    if (told := list(filter(tells, names))) and all(map(is_csv, told)):
        return CSV_ZIP
    raise FileProblem(_("This file is no spreadsheet. Please choose an .xlsx or a .csv file."))


def _check_entries(archive: ZipFile, entries: list[ZipInfo]) -> None:
    """Unpack everything once, counting, and throw it away: what the archive says of its own sizes is only a claim."""
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise FileProblem(_("This file is locked with a password. Please save it without one."))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileProblem(_("This file is damaged. Please save it again and send the new one."))
        own, rest, is_xml = 0, b"", entry.filename.lower().endswith((".xml", ".rels"))
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                if is_xml and _DOCTYPE in rest + chunk:
                    raise FileProblem(_refers_outside())
                rest = chunk[-len(_DOCTYPE) :]
                own += len(chunk)
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise FileProblem(_too_large())
                if own > SMALL_ENTRY and own > MOST_RATIO * max(entry.compress_size, 1):
                    raise FileProblem(_too_large())


def _refers_outside() -> str | Promise:
    return _("This file refers to something outside itself. Please open it, save it as a new .xlsx and send that one.")


def _too_large() -> str | Promise:
    return _("Unpacked, this file is too large to read. Please split it, one file for each zone.")
