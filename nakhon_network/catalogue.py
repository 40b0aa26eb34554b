"""The Thai catalogues: collect source strings, keep translations, compile, say what is missing.

Source strings are English. `locale/` holds Thai for our own strings; `locale_packages/` has Thai for strings
of installed packages that lack it, or whose Thai we override. Babel does it all: no gettext tools needed.
"""

import gettext
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
OWN = PACKAGE / "locale/th/LC_MESSAGES/django.po"
PARTS = OWN.parent / "parts"
DOMAINS = ("django", "djangojs")  # pages; the admin's scripts
PACKAGES = {domain: PACKAGE / f"locale_packages/th/LC_MESSAGES/{domain}.po" for domain in DOMAINS}
SOURCES = ("nakhon_network", "organizations", "meetings", "tambon_survey", "templates")
SKIPPED = {"migrations", "tests", "locale", "locale_packages"}

KEYWORDS = dict(DEFAULT_KEYWORDS) | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Nakhon Network\\n"
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
# What a translation must carry over: %-format and brace fields, and the names of HTML tags.
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0+]?[\d.]*[a-z]|%[sdrif]|\{\w*(?:![rsa])?(?::[^{}]*)?\}|</?[a-z]\w*")

Key = tuple[str | None, str]
Text = str | tuple[str, ...] | list[str]


def key_of(message: Message) -> Key:
    """What identifies an entry: its context and its (singular) source string."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def entries(catalog: Catalog) -> dict[Key, Message]:
    """The live entries of a catalogue, its header left out."""
    return {key_of(message): message for message in catalog if message.id}


def label(key: Key) -> str:
    """An entry's name in a list of problems."""
    context, text = key
    return f"{text!r} ({context})" if context else repr(text)


def read(path: Path) -> Catalog:
    """A catalogue from a .po file; an empty one where there is no file."""
    if not path.exists():
        return Catalog(locale="th")
    return read_po(BytesIO(path.read_bytes()), locale="th", abort_invalid=True)


def write(path: Path, catalog: Catalog) -> None:
    """Write a .po file that changes only where entries change: sorted, unwrapped, undated."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, sort_by_file=True, omit_header=True, include_lineno=False)
    _replace(path, HEADER.encode() + buffer.getvalue())


def _replace(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader in another process sees the old or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, path)


# ---- collecting ------------------------------------------------------------------------------------------
def extract(roots: Iterable[Path] | None = None) -> Catalog:
    """Every translatable string of our Python files and templates (or of the folders given)."""
    catalog = Catalog(locale="th")
    for path in _source_files(roots or [ROOT / name for name in SOURCES]):
        place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        for text, context in _strings(path):
            catalog.add(text, context=context, locations=[(place, 1)])
    return catalog


def _source_files(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not SKIPPED & set(path.relative_to(root).parts):
                yield path


def _strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Templates keep their indentation, which Python's tokenizer would take for blocks.
        code = "\n".join(line.lstrip() for line in templatize(code, origin=str(path)).splitlines())
    for _line, text, _comments, context in babel_extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        yield text, context


# ---- keeping ---------------------------------------------------------------------------------------------
def merge() -> Catalog:
    """Bring our own catalogue in step with the source, folding in (and deleting) the fragments in `parts/`.

    Translations whose source string is gone stay in the file as obsolete ones, until `prune()`.
    """
    fragments = sorted(PARTS.glob("*.po"))
    known = _translations([OWN, *fragments])
    merged = _translated(extract(), known)
    write(OWN, merged)
    for fragment in fragments:
        fragment.unlink()
    if PARTS.exists() and not any(PARTS.iterdir()):
        PARTS.rmdir()
    return merged


def merge_packages() -> None:
    """Add an empty entry for every string of an installed package that has no Thai; keep the rest."""
    for domain, path in PACKAGES.items():
        known = _translations([path])
        gaps = set(package_gaps(domain, known={}))
        wanted = Catalog(locale="th")
        for key, message in package_messages(domain).items():
            if key in known or key in gaps:
                wanted.add(message.id, context=message.context)
        write(path, _translated(wanted, known))


def prune() -> None:
    """Drop the obsolete entries from every catalogue."""
    for path in (OWN, *PACKAGES.values()):
        catalog = read(path)
        catalog.obsolete.clear()
        write(path, catalog)


def _translations(paths: Iterable[Path]) -> dict[Key, Message]:
    """Every entry of the files, obsolete ones too; a later file wins where it has a translation."""
    found: dict[Key, Message] = {}
    for path in paths:
        catalog = read(path)
        for message in [*catalog.obsolete.values(), *entries(catalog).values()]:
            if is_translated(message) or key_of(message) not in found:
                found[key_of(message)] = message
    return found


def _translated(template: Catalog, known: dict[Key, Message]) -> Catalog:
    """The template's entries with their known translations; the others that have one become obsolete."""
    merged = Catalog(locale="th")
    wanted = entries(template)
    for key, message in wanted.items():
        string = _as_form(known[key].string, message.pluralizable) if key in known else ""
        flags = {"fuzzy"} if key in known and known[key].fuzzy else set()
        comments = known[key].user_comments if key in known else []
        merged.add(
            message.id,
            string,
            context=message.context,
            locations=message.locations,
            flags=flags,
            user_comments=comments,
        )
    for key, message in known.items():
        if key not in wanted and is_translated(message):
            merged.obsolete[key[1], key[0] or ""] = message
    return merged


def _as_form(string: Text | None, pluralizable: bool) -> str | tuple[str, ...]:
    """A translation as one text or as Thai's one plural form, whichever the source string asks for."""
    text = _forms(string)[0]
    return (text,) if pluralizable else text


# ---- compiling -------------------------------------------------------------------------------------------
def compile_catalogues() -> list[Path]:
    """Write the .mo file next to each .po file where it is missing or older; the files written."""
    written = []
    for source in (OWN, *PACKAGES.values()):
        target = source.with_suffix(".mo")
        if source.exists() and not (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            buffer = BytesIO()
            write_mo(buffer, read(source))
            _replace(target, buffer.getvalue())
            written.append(target)
    return written


# ---- checking --------------------------------------------------------------------------------------------
def is_translated(message: Message) -> bool:
    """Whether an entry has a text in its every form."""
    return all(_forms(message.string))


def _forms(string: Text | None) -> Sequence[str]:
    """The forms of a translation, one empty text where there is none."""
    return (string,) if isinstance(string, str) else string or ("",)


def problems() -> list[str]:
    """What is wrong with our own catalogue, one line each; an empty list when all is well."""
    catalog, wanted = read(OWN), entries(extract())
    present = entries(catalog)
    found = [f"missing: {label(key)}" for key in wanted if key not in present or not is_translated(present[key])]
    found += [f"fuzzy: {label(key)}" for key, message in present.items() if message.fuzzy]
    found += [f"obsolete: {label(key)}" for key in present if key not in wanted]
    found += [f"obsolete: {label(key_of(message))}" for message in catalog.obsolete.values()]
    found += [f"fragment to fold in: {path.name}" for path in sorted(PARTS.glob("*.po"))]
    return found + mismatches(present.values())


def package_problems() -> list[str]:
    """What is wrong with the Thai of installed packages, one line each."""
    found = []
    for domain, path in PACKAGES.items():
        catalog, sources = read(path), package_messages(domain)
        present = entries(catalog)
        found += [f"missing: {label(key)}" for key in package_gaps(domain, present)]
        found += [f"fuzzy: {label(key)}" for key, message in present.items() if message.fuzzy]
        found += [f"obsolete: {label(key)}" for key in present if key not in sources]
        found += [f"obsolete: {label(key_of(message))}" for message in catalog.obsolete.values()]
        found += mismatches(present.values())
    return found


def mismatches(messages: Iterable[Message]) -> list[str]:
    """Translations whose placeholders, tags or line ends differ from those of their source string."""
    found = []
    for message in messages:
        source = message.id if isinstance(message.id, str) else message.id[-1]
        found += [
            f"placeholders differ: {label(key_of(message))}"
            for text in _forms(message.string)
            if text and differs(source, text)
        ]
    return found


def differs(source: str, text: str) -> bool:
    """Whether a text lacks a placeholder, tag or outer line end of its source, or has one too many."""
    return (
        Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(text))
        or source.startswith("\n") != text.startswith("\n")
        or source.endswith("\n") != text.endswith("\n")
    )


# ---- installed packages ----------------------------------------------------------------------------------
def package_messages(domain: str) -> dict[Key, Message]:
    """Every string of Django and of the installed apps that are not ours.

    A package's English catalogue says which; where it ships none, its source is read (not its scripts).
    """
    found: dict[Key, Message] = {}
    for folder in _package_folders():
        source = folder / f"locale/en/LC_MESSAGES/{domain}.po"
        if source.exists():
            found |= entries(read(source))
        elif domain == "django":
            found |= entries(extract([folder]))
    return found


def _package_folders() -> list[Path]:
    top = Path(django.__file__).parent
    folders = [top / "conf"]
    folders += [Path(app.path) for app in apps.get_app_configs() if app.name.split(".")[0] not in SOURCES]
    catalogued = {folder for folder in folders if (folder / "locale/en").exists()}
    return [folder for folder in folders if folder in catalogued or not ({top} | catalogued) & set(folder.parents)]


def package_gaps(domain: str, known: dict[Key, Message]) -> list[Key]:
    """The package strings that have no Thai of their own (as compiled, so no fuzzy ones) and none in `known`.

    Thai with other placeholders than its source counts as a gap: it would fail when shown.
    """
    shipped: dict[Key, str] = {}
    for folder in reversed(_package_folders()):
        path = folder / f"locale/th/LC_MESSAGES/{domain}.mo"
        if path.exists():
            shipped |= _compiled(path)
    gaps = []
    for key, message in package_messages(domain).items():
        source = message.id if isinstance(message.id, str) else message.id[-1]
        in_known = key in known and is_translated(known[key])
        if not in_known and (not shipped.get(key) or differs(source, shipped[key])):
            gaps.append(key)
    return gaps


def _compiled(path: Path) -> dict[Key, str]:
    """The texts of a .mo file."""
    with path.open("rb") as file:
        raw: dict[str | tuple[str, int], str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    found: dict[Key, str] = {}
    for identity, text in raw.items():
        name = identity if isinstance(identity, str) else identity[0]
        context, _, rest = name.rpartition("\x04")
        found[context or None, rest] = text
    return found
