"""docs/api.md: every example in it runs and answers what it shows."""

from __future__ import annotations

import json
import re
import shlex
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nakhon_network.open_data.kinds import KINDS
from nakhon_network.open_data.paging import MOST
from organizations.actions.tokens import issue_token
from organizations.models import Organization
from tests.factories import make_meeting, make_post, make_resolution, make_round, make_submission
from tests.tree import ROOT

HOST = "http://127.0.0.1:8000"
TEXT = (ROOT / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(curl [^\n]+)\n```\n```(json|csv)\n(.+?)\n```", TEXT, re.DOTALL)


def asked(client, command: str, *, token: str) -> Any:
    """What the test client answers to a line of curl."""
    parts = shlex.split(command.replace("$TOKEN", token))
    headers = {}
    if "-H" in parts:
        name, _colon, value = parts[parts.index("-H") + 1].partition(": ")
        headers[name] = value
    return client.get(parts[-1].removeprefix(HOST), headers=headers, follow="-L" in parts)


def shape(value: Any) -> Any:
    """The names in a JSON value, and how they lie in each other; of a list its first member."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value[:1]]
    return None


@pytest.fixture
def secret(places) -> str:
    """A row of every kind, and the secret of a read token."""
    now = timezone.now()
    meeting = make_meeting(places.province, visibility="public", title="ประชุมเสวนา")
    make_resolution(meeting).tambons.set([places.tambons["800304"]])
    body = Organization.objects.create(
        pk=12, name="กองทุน", short_name="กทบ.", agreed_at=now, tambon=places.tambons["800304"]
    )
    Organization.objects.create(pk=13, name="กองทุนฯ", agreed_at=now, merged_into=body)
    body.themes.create(code="sample", name_th="ตัวอย่าง", name_en="Sample")
    make_post("zone-representative", places.zone3)
    plan = {"on_time_by": now - timedelta(days=2), "closes_at": now - timedelta(days=1)}
    closed = make_round(places.province, opens_at=now - timedelta(days=60), **plan)
    make_submission(closed, places.tambons["801217"], state="approved")
    return issue_token("ทดสอบ", province=places.province, by=None)[1]


@pytest.mark.parametrize(("command", "kind", "shown"), EXAMPLES, ids=[one[0] for one in EXAMPLES])
def test_an_example_answers_what_it_shows(client, secret, command, kind, shown):
    response = asked(client, command, token=secret)
    if kind == "csv":
        assert response.content.decode("utf-8-sig").splitlines()[0] == shown
    else:
        assert shape(json.loads(response.content)) == shape(json.loads(shown))


def test_no_command_stands_without_its_answer():
    assert len(EXAMPLES) == TEXT.count("curl ") > len(KINDS)


def test_every_kind_code_and_limit_is_in_the_manual(settings):
    codes = re.findall(r'"((?:unknown|bad|too)_\w+)"', _sources())
    assert [one for one in [*KINDS, *codes] if f"`{one}`" not in TEXT] == []
    limits = [rate.partition("/")[0] for rate in settings.OPEN_DATA_RATES.values()]
    assert [one for one in [*limits, str(MOST)] if one not in TEXT] == []


def _sources() -> str:
    folder = ROOT / "nakhon_network/open_data"
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
