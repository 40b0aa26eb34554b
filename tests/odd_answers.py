"""Every box of a form filled with odd answers in turn: an answer in words, never an unhandled error."""

from __future__ import annotations

from urllib.parse import quote

from django.db import transaction
from django.test import Client

from tests.test_fuzz import FEW, FIELD, FORM, SOME

MANY = 12
LOOKED_AT = 40
ANSWERED = (200, 302, 409, 422)


def answer_oddly(client: Client, url: str, given: dict[str, str]) -> list[tuple[str | None, str, int]]:
    """What was answered otherwise than by a page, as (box, kind of odd answer, status); None: every box at once.

    The boxes are those of `given`, which fills the others, and those the page shows. Nothing is kept.
    """
    page = client.get(url)
    shown = FIELD.findall(page.content.decode()) if page.status_code == 200 else []
    boxes = [one for one in dict.fromkeys([*given, *shown]) if one != "csrfmiddlewaretoken"]
    wrong = []
    for kind, odd in (FEW if len(boxes) > MANY else SOME).items():
        for box in [*boxes[:LOOKED_AT], None]:
            answers = {one: odd if box in (one, None) else quote(given.get(one, ""), safe="") for one in boxes}
            body = "&".join(f"{name}={value}" for name, value in answers.items()).encode()
            with transaction.atomic():
                status = client.post(url, body, content_type=FORM).status_code
                transaction.set_rollback(True)
            if status not in ANSWERED:
                wrong.append((box, kind, status))
    return wrong
