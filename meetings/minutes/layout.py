"""The document as a sheet of blocks: every word and numeral as it prints, for whoever draws it.

The page, the Word file and the PDF draw the same blocks, so they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from meetings.minutes import words
from meetings.minutes.document import Assignment, Attendee, Decision, Document, Item, Matter, Signature
from meetings.minutes.words import BLANK

_BLANK_LINES = 3


@dataclass(frozen=True)
class Block:
    """One thing on the sheet, one of KINDS: a bold `lead`, a `text`, and for some a number, an aside, or rows."""

    kind: str
    text: str = ""
    lead: str = ""
    number: str = ""
    aside: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


# title, centred, rule · heading, entry (number, name, post) · line, text · item, matter, fact, decision ·
# signature (rows: a line each) · note · annex, table · photos (rows: key of the photo, caption)
KINDS = (
    *("title", "centred", "rule", "heading", "entry", "line", "text", "item", "matter", "fact", "decision"),
    *("signature", "note", "annex", "table", "photos"),
)


@dataclass(frozen=True)
class Stamp:
    """How far these minutes came: until adopted they are a draft; a correction says what it corrects."""

    is_draft: bool = True
    revision: int = 1
    reason: str = ""
    adopted_by: str = ""


@dataclass(frozen=True)
class Sheet:
    """Finished minutes: their name, what stands at the head of every page, the numerals, and the blocks."""

    name: str
    draft: str
    sample: str
    digits: str
    blocks: tuple[Block, ...]

    @property
    def header(self) -> str:
        """At the head of every page: that it is a draft, that it is a sample."""
        return " · ".join(part for part in (self.draft, self.sample) if part)


def sheet_of(document: Document, stamp: Stamp) -> Sheet:
    """Everything that prints, in the order of the official form."""
    blocks = [
        *_head(document),
        *_lists(document),
        *_opening(document),
        *(block for number, item in enumerate(document.items, start=1) for block in _item(item, number)),
        Block("line", lead=words.ENDS, text=_time(document.ends_at)),
        *_signatures(document),
        *_notes(stamp),
        *_annexes(document),
    ]
    return Sheet(
        name=words.finished(" ".join(_name(document)), digits=document.digits),
        draft=words.DRAFT if stamp.is_draft else "",
        sample=words.SAMPLE if document.is_sample else "",
        digits=document.digits,
        blocks=tuple(_finished(block, document.digits) for block in blocks),
    )


def _finished(block: Block, digits: str) -> Block:
    """Numerals and no-break spaces, last and in every text; keys of photos are none."""
    done = {name: words.finished(getattr(block, name), digits=digits) for name in ("text", "lead", "number", "aside")}
    keys = 1 if block.kind == "photos" else 0
    rows = tuple((*row[:keys], *(words.finished(cell, digits=digits) for cell in row[keys:])) for row in block.rows)
    columns = tuple(words.finished(column, digits=digits) for column in block.columns)
    return replace(block, **done, columns=columns, rows=rows)  # type: ignore[arg-type]


def _name(document: Document) -> list[str]:
    name = [f"{words.TITLE}{document.title or BLANK}"]
    return [*name, f"ครั้งที่ {document.number}"] if document.number else name


def _head(document: Document) -> Iterator[Block]:
    yield Block("title", f"{words.TITLE}{document.title or BLANK}")
    yield Block("centred", words.number_or_blanks(document.number, held_on=document.held_on))
    until = f" ถึง{words.day_or_blanks(document.ends_on)}" if document.ends_on else ""
    yield Block("centred", f"เมื่อ{words.day_or_blanks(document.held_on)}{until}")
    yield Block("centred", f"ณ {document.place or BLANK}")
    if document.address:
        yield Block("centred", document.address)
    yield Block("rule")


def _lists(document: Document) -> Iterator[Block]:
    lists = {words.PRESENT: document.present, words.ABSENT: document.absent, words.ATTENDING: document.attending}
    counts = dict(zip(lists, document.counts, strict=False))
    for heading, names in lists.items():
        is_last = heading == words.ATTENDING and document.head_count is not None
        if not (names or counts.get(heading) or is_last or heading == words.PRESENT):
            continue
        yield Block("heading", heading)
        yield from _names(names)
        if counts.get(heading):
            yield Block("line", f"{counts[heading]} คน")
        elif heading == words.PRESENT and not names:
            yield from (Block("entry", BLANK, number=f"{at}.", aside=BLANK) for at in range(1, _BLANK_LINES + 1))
    if document.head_count is not None:
        about = "ประมาณ " if document.head_count_is_approximate else " "
        yield Block("line", f"รวมผู้ร่วมประชุม{about}{document.head_count} คน")


def _names(names: tuple[Attendee, ...]) -> Iterator[Block]:
    for number, one in enumerate(names, start=1):
        name = f"{one.name} แทน{one.post}" if one.is_substitute and one.post else one.name
        post = "" if one.is_substitute else one.post
        aside = " ".join(part for part in (post, one.reason) if part)
        yield Block("entry", name, number=f"{number}.", aside=aside)


def _opening(document: Document) -> Iterator[Block]:
    yield Block("line", lead=words.STARTS, text=_time(document.starts_at))
    if document.chair:
        yield Block("text", f"{document.chair} ประธานที่ประชุม กล่าวเปิดการประชุม และดำเนินการตามระเบียบวาระดังนี้")


def _time(value: str) -> str:
    return f"{value or BLANK} น."


def _item(item: Item, number: int) -> Iterator[Block]:
    yield Block("item", f"{words.ITEM} {number} {item.title}")
    if item.is_empty:
        yield Block("text", words.NOTHING)
    yield from _said(item.discussion)
    for at, matter in enumerate(item.matters, start=1):
        yield from _matter(matter, f"{number}.{at}")
    for decision in item.decisions:
        yield from _decision(decision)


def _matter(matter: Matter, number: str) -> Iterator[Block]:
    yield Block("matter", matter.title, number=number)
    yield from (Block("fact", value, lead=label) for label, value in matter.facts)
    yield from _said(matter.discussion)
    for decision in matter.decisions:
        yield from _decision(decision)


def _said(text: str) -> Iterator[Block]:
    yield from (Block("text", line) for line in text.splitlines() if line.strip())


def _decision(decision: Decision) -> Iterator[Block]:
    lead = words.TENTATIVE if decision.kind == "tentative" else words.RESOLVED
    texts = _decided(decision)
    lines = [line for text in texts[:1] for line in text.splitlines() if line.strip()] + texts[1:]
    if decision.reference and lines:
        lines[0] = f"{lines[0]} (มติ {decision.reference})"
    yield Block("decision", lines[0] if lines else "", lead=lead)
    yield from (Block("text", line) for line in lines[1:])


def _decided(decision: Decision) -> list[str]:
    """What follows the lead: the decision with its verb, then the work that was given out, a line each."""
    if decision.kind == "assigned":
        return _orders(decision)
    if decision.kind == "settled":
        first = f"เป็นที่ยุติว่า{decision.text}"
    else:
        first = " ".join(part for part in (words.VERBS.get(decision.kind, ""), decision.text) if part)
    return [first, *(_order(one) for one in decision.assigned)]


def _orders(decision: Decision) -> list[str]:
    """An assignment: to whom stands first, dots where nobody was named."""
    if not decision.assigned:
        return [f"{words.ASSIGN}{BLANK} {decision.text}"]
    if len(decision.assigned) > 1:
        return [f"{words.ASSIGN}ผู้รับผิดชอบดำเนินการ {decision.text}", *(_order(one) for one in decision.assigned)]
    (only,) = decision.assigned
    if not decision.text or decision.text == only.text:
        return [_order(only)]
    return [
        f"{words.ASSIGN}{only.who} {decision.text}",
        f"งานที่มอบหมาย: {' '.join(filter(None, (only.text, only.due)))}",
    ]


def _order(one: Assignment) -> str:
    text = one.text.replace("\n", " ")
    return " ".join(part for part in (f"{words.ASSIGN}{one.who}", text, one.due) if part)


def _signatures(document: Document) -> Iterator[Block]:
    yield _signature(document.recorder, words.RECORDER)
    if document.checker is not None:
        yield _signature(document.checker, words.CHECKER)


def _signature(signature: Signature, duty: str) -> Block:
    lines = ["(ลงชื่อ) " + BLANK, f"({signature.name or BLANK})", signature.post, duty]
    return Block("signature", rows=tuple((line,) for line in lines if line))


def _notes(stamp: Stamp) -> Iterator[Block]:
    if stamp.revision > 1:
        yield Block("note", f"ฉบับแก้ไขครั้งที่ {stamp.revision - 1}: {stamp.reason}")
    if stamp.adopted_by:
        yield Block("note", f"รับรองโดย{stamp.adopted_by}")


def _annexes(document: Document) -> Iterator[Block]:
    titles = [annex.title for annex in document.annexes] + ([words.PHOTOS] if document.photos else [])
    numbered = len(titles) > 1
    for at, annex in enumerate(document.annexes, start=1):
        yield _annex(annex.title, at if numbered else 0)
        yield Block("table", columns=annex.columns, rows=annex.rows)
    if document.photos:
        yield _annex(words.PHOTOS, len(titles) if numbered else 0)
        captions = [f"ภาพที่ {at} {photo.caption}".strip() for at, photo in enumerate(document.photos, start=1)]
        keys = [photo.key for photo in document.photos]
        yield Block("photos", rows=tuple(zip(keys, captions, strict=True)))


def _annex(title: str, number: int) -> Block:
    return Block("annex", f"{words.ANNEX} {number} {title}" if number else f"{words.ANNEX} {title}")
