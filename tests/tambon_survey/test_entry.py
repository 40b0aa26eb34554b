"""Saving a section: replays, merges, conflicts, locks; what the boards read is kept in the same transaction."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.models import Organization
from organizations.problems import Refused
from tambon_survey.actions.entry import Locked, save_section
from tambon_survey.actions.restoring import restore
from tambon_survey.forms import delta as deltas
from tambon_survey.models import Save, Step, Submission
from tests.factories import fill_in, make_holder, make_round, make_submission


@pytest.fixture
def submission(cast, places):
    return make_submission(make_round(places.province), places.tambons["801217"])


def change(section="coordinators", *, base=0, mutation=None, **parts):
    """A delta as a browser sends it."""
    return deltas.read({"section": section, "mutation": str(mutation or uuid.uuid4()), "base": base, **parts})


def save(submission, by, delta, now=None):
    return save_section(submission, delta=delta, by=by, now=now or timezone.now())


def row(name, key=None, **cells):
    return {str(key or uuid.uuid4()): {"name": name, **cells}}


def test_the_first_save_makes_a_draft_and_says_who(submission, cast):
    saved = save(submission, cast.tambon, change(rows=row("สมใจ", phone="๐๘๑-๒๓๔-๕๖๗๘")))
    submission.refresh_from_db()
    assert (submission.state, submission.revision, submission.saved_by) == ("draft", 1, cast.tambon)
    assert submission.coordinators.get().phone == "0812345678"
    assert Step.objects.get().move == "start" and not saved.conflicts


def test_a_replay_changes_nothing_and_answers_the_same(submission, cast):
    delta = change(rows=row("สมใจ"))
    first = save(submission, cast.tambon, delta)
    again = [save(submission, cast.tambon, delta) for _ in range(5)]
    assert all(one.is_replay and one.at == first.at for one in again)
    assert (Save.objects.count(), submission.coordinators.count()) == (1, 1)


def test_edits_of_different_rows_and_fields_merge(submission, cast):
    one, two = uuid.uuid4(), uuid.uuid4()
    save(submission, cast.tambon, change(rows={**row("หนึ่ง", one), **row("สอง", two)}))
    save(submission, cast.district, change(base=1, rows={str(one): {"role": "ครู"}}))
    later = save(submission, cast.tambon, change(base=1, rows={str(one): {"line": "kru"}, str(two): {"role": "หมอ"}}))
    assert later.conflicts == []
    assert sorted(submission.coordinators.values_list("name", "role", "line")) == [
        ("สอง", "หมอ", ""),
        ("หนึ่ง", "ครู", "kru"),
    ]


def test_the_same_field_twice_keeps_the_first_and_shows_both(submission, cast):
    key = uuid.uuid4()
    save(submission, cast.tambon, change(rows=row("หนึ่ง", key)))
    save(submission, cast.district, change(base=1, rows={str(key): {"role": "ครู"}}))
    later = save(submission, cast.tambon, change(base=1, rows={str(key): {"role": "หมอ", "line": "x"}}))
    (conflict,) = later.conflicts
    assert (conflict.place, conflict.yours, conflict.theirs, conflict.by) == (f"{key}.role", "หมอ", "ครู", cast.district)
    kept = submission.coordinators.get()
    assert (kept.role, kept.line) == ("ครู", "x")
    save(submission, cast.tambon, change(base=3, rows={str(key): {"role": "หมอ"}}))
    assert submission.coordinators.get().role == "หมอ"


def test_the_same_value_twice_is_no_conflict(submission, cast):
    key = uuid.uuid4()
    save(submission, cast.tambon, change(rows=row("หนึ่ง", key)))
    save(submission, cast.district, change(base=1, rows={str(key): {"role": "ครู"}}))
    assert save(submission, cast.tambon, change(base=1, rows={str(key): {"role": "ครู"}})).conflicts == []
    assert Save.objects.count() == 2


def test_removing_a_row_that_somebody_edited_asks(submission, cast):
    key = uuid.uuid4()
    save(submission, cast.tambon, change(rows=row("หนึ่ง", key)))
    save(submission, cast.district, change(base=1, rows={str(key): {"role": "ครู"}}))
    later = save(submission, cast.tambon, change(base=1, removed=[str(key)]))
    assert [one.place for one in later.conflicts] == [str(key)]
    assert not submission.coordinators.get().is_removed


def test_editing_a_row_that_somebody_removed_asks_and_can_bring_it_back(submission, cast):
    key = uuid.uuid4()
    save(submission, cast.tambon, change(rows=row("หนึ่ง", key)))
    save(submission, cast.district, change(base=1, removed=[str(key)]))
    later = save(submission, cast.tambon, change(base=1, rows={str(key): {"role": "ครู"}}))
    assert [(one.yours, one.theirs) for one in later.conflicts] == [("kept", "removed")]
    save(submission, cast.tambon, change(base=2, restored=[str(key)], rows={str(key): {"role": "ครู"}}))
    assert submission.coordinators.kept().get().role == "ครู"


def test_rows_keep_the_order_of_the_screen(submission, cast):
    keys = [uuid.uuid4() for _ in range(3)]
    rows = {str(key): {"name": f"คน {at}"} for at, key in enumerate(keys)}
    save(submission, cast.tambon, change(rows=rows, order=[str(key) for key in keys]))
    save(submission, cast.tambon, change(base=1, order=[str(key) for key in reversed(keys)]))
    assert [one.name for one in submission.coordinators.in_order()] == ["คน 2", "คน 1", "คน 0"]


def test_a_new_row_answers_has_and_none_is_an_answer_too(submission, cast):
    save(submission, cast.tambon, change(rows=row("หนึ่ง")))
    save(submission, cast.tambon, change("agencies", head={"answer": "has_none"}))
    submission.refresh_from_db()
    assert (submission.coordinators_answer, submission.agencies_answer, submission.filled) == ("has", "has_none", 2)


def test_the_summary_is_what_a_recount_of_the_rows_gives(submission, cast):
    fill_in(submission)
    save(submission, cast.tambon, change(removed=[str(submission.coordinators.all()[0].pk)]))
    submission.refresh_from_db()
    kept = {field: getattr(submission, field) for field in submission.summarize(submission.answers())}
    assert kept == {field: getattr(Submission.objects.get(), field) for field in kept}
    assert (submission.coordinators_verdict, submission.readiness) == ("weak", "nearly")


def test_confirming_and_editing_a_carried_row(submission, cast):
    fill_in(submission)
    submission.team.update(standing="carried")
    first, second, _third = submission.team.in_order()
    save(submission, cast.tambon, change("team", confirmed=[str(first.pk)], rows={str(second.pk): {"duty": "บัญชี"}}))
    assert [one.standing for one in submission.team.in_order()] == ["confirmed", "changed", "carried"]


@pytest.mark.parametrize(("offset", "open_"), [(-1, True), (0, False), (1, False)])
def test_the_server_clock_closes_the_round_to_the_microsecond(submission, cast, offset, open_):
    moment = submission.round.closes_at + timedelta(microseconds=offset)
    if open_:
        assert save(submission, cast.tambon, change(rows=row("ทันเวลา")), moment).changes
    else:
        with pytest.raises(Locked, match="รอบสำรวจปิด"):
            save(submission, cast.tambon, change(rows=row("สาย")), moment)


def test_more_time_keeps_one_tambon_open(submission, cast):
    later = submission.round.closes_at + timedelta(hours=1)
    submission.extended_until = later + timedelta(hours=1)
    submission.save()
    assert save(submission, cast.tambon, change(rows=row("ต่อเวลา")), later).changes


@pytest.mark.parametrize("state", ["submitted", "approved", "accepted"])
def test_what_was_sent_can_only_be_read(submission, cast, state):
    Submission.objects.update(state=state)
    with pytest.raises(Locked):
        save(submission, cast.tambon, change(rows=row("ไม่ทัน")))
    assert not Save.objects.exists()


def test_rows_of_another_submission_are_refused(submission, cast, places):
    other = fill_in(make_submission(submission.round, places.tambons["800304"]))
    foreign = other.coordinators.all()[0]
    with pytest.raises(Refused):
        save(submission, cast.tambon, change(rows={str(foreign.pk): {"name": "ยึด"}}))
    foreign.refresh_from_db()
    assert foreign.name != "ยึด"


def test_statements_do_not_grow_with_the_rows(submission, cast, django_assert_num_queries):
    """Lock, saves since, rows, upsert, submission, save. SQLite takes 999 values a statement: some 70 rows."""
    save(submission, cast.tambon, change(rows=row("แรก")))
    for base, number in ((1, 2), (2, 60)):
        rows = {str(uuid.uuid4()): {"name": f"คน {at}"} for at in range(number)}
        with django_assert_num_queries(8):  # with a savepoint and its release
            save(submission, cast.tambon, change(base=base, rows=rows))


def test_a_bad_cell_is_named_and_the_others_are_kept(submission, cast):
    key = str(uuid.uuid4())
    delta = change("activities", rows={key: {"title": "ออมทรัพย์", "households": "สิบ", "since": "ปี 3000"}})
    assert sorted(delta.errors) == [f"{key}.households", f"{key}.since"]
    save(submission, cast.tambon, delta)
    assert submission.activities.get().title == "ออมทรัพย์"


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {"section": "admin"},
        {"section": "team", "mutation": "x", "base": 0},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": -1},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": "๑"},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "rows": {"nonsense": {"name": "x"}}},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "rows": {str(uuid.uuid4()): {"is_removed": 1}}},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "rows": {str(uuid.uuid4()): {"name": {"a": 1}}}},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "order": "abc"},
        {"section": "head", "mutation": str(uuid.uuid4()), "base": 0, "removed": [str(uuid.uuid4())]},
        {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "removed": [str(uuid.uuid4())] * 101},
    ],
)
def test_a_delta_of_the_wrong_shape_is_refused_in_thai(payload):
    with pytest.raises(deltas.Malformed, match="กรุณา"):
        deltas.read(payload)


def test_an_old_value_comes_back_as_a_save_of_its_own(submission, cast):
    key = uuid.uuid4()
    save(submission, cast.tambon, change("activities", rows={str(key): {"title": "เดิม", "since": "2549"}}))
    save(submission, cast.tambon, change("activities", base=1, rows={str(key): {"title": "ใหม่", "since": "2550"}}))
    restore(Save.objects.get(revision=2), mutation=uuid.uuid4(), by=cast.district, now=timezone.now())
    row = submission.activities.get()
    assert (row.title, row.since.to_iso()) == ("เดิม", "2006")
    assert Save.objects.get(revision=3).saved_by == cast.district


def test_restoring_brings_a_removed_row_back_and_takes_a_new_one_away(submission, cast):
    key = uuid.uuid4()
    save(submission, cast.tambon, change("team", rows={str(key): {"name": "หนึ่ง"}}))
    save(submission, cast.tambon, change("team", base=1, removed=[str(key)]))
    for revision, kept in ((2, 1), (1, 0)):
        restore(Save.objects.get(revision=revision), mutation=uuid.uuid4(), by=cast.tambon, now=timezone.now())
        assert submission.team.kept().count() == kept


def test_restoring_twice_with_one_press_is_one_save(submission, cast, sign_in):
    key, mutation = uuid.uuid4(), str(uuid.uuid4())
    save(submission, cast.tambon, change("team", rows={str(key): {"name": "หนึ่ง"}}))
    save(submission, cast.tambon, change("team", base=1, rows={str(key): {"name": "สอง"}}))
    address = reverse("submission_restore", args=[submission.pk, Save.objects.get(revision=2).pk])
    for _ in range(2):
        assert sign_in(cast.tambon).post(address, {"mutation": mutation}).status_code == 302
    assert (submission.team.get().name, Save.objects.count()) == ("หนึ่ง", 3)


def test_a_new_coordinator_takes_over_a_half_done_tambon(submission, cast, sign_in, places):
    save(submission, cast.tambon, change("team", rows=row("ทำค้างไว้")))
    address = reverse("submission_entry", args=[submission.pk])
    cast.tambon.person.appointments.update(ends_on=timezone.localdate())
    newcomer = make_holder("newcomer", "tambon-coordinator", submission.tambon)
    assert sign_in(cast.tambon).get(address).status_code == 404
    assert "ทำค้างไว้" in sign_in(newcomer).get(address).content.decode()


def sent(section, *rows):
    """The body of a save, as bytes."""
    keyed = {str(uuid.uuid4()): cells for cells in rows}
    return json.dumps({"section": section, "mutation": str(uuid.uuid4()), "base": 0, "rows": keyed}).encode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422),
        (b"[" * 100_000, 422),
        (b'{"section": "team"}', 422),
        ("\ud800".encode("utf-8", "surrogatepass"), 422),
        (sent("team", {"name": "\x00\ud800ก"}), 200),
        (sent("team", {"name": "ก" * 10_000}), 422),
        (sent("activities", {"title": "ก", "households": -3}), 422),
        (sent("activities", {"title": "ก", "since": "3000"}), 422),
        (sent("team", *[{} for _ in range(10_000)]), 422),
    ],
)
def test_odd_bytes_get_a_sentence_and_no_error(submission, cast, sign_in, body, status):
    address = reverse("submission_save", args=[submission.pk])
    answer = sign_in(cast.tambon).post(address, body, content_type="application/json")
    assert answer.status_code == status
    assert answer.json().get("refused") or answer.json()["errors"] or status == 200


def test_a_jump_made_by_hand_is_refused_and_logged(submission, cast, sign_in, caplog):
    Submission.objects.update(state="approved")
    body = {"section": "team", "mutation": str(uuid.uuid4()), "base": 0, "rows": row("หลังรับรอง")}
    with caplog.at_level("INFO", logger="nakhon.survey"):
        address = reverse("submission_save", args=[submission.pk])
        answer = sign_in(cast.tambon).post(address, body, content_type="application/json")
    assert answer.status_code == 409 and "อ่านได้อย่างเดียว" in answer.json()["refused"]
    assert f"submission {submission.pk}" in caplog.text and "หลังรับรอง" not in caplog.text


@pytest.mark.parametrize(
    ("topic", "first", "other", "named_in"),
    [("agencies", "name", "kind", "name"), ("activities", "title", "title", "group")],
)
def test_another_name_is_no_longer_the_same_body(submission, cast, topic, first, other, named_in):
    key, body, rows = uuid.uuid4(), Organization.objects.create(name="เดิม"), getattr(submission, topic)
    save(submission, cast.tambon, change(topic, rows={str(key): {first: "ก", named_in: "เดิม"}}))
    rows.update(organization=body)
    save(submission, cast.tambon, change(topic, base=1, rows={str(key): {other: "ข"}}))
    assert rows.get().organization == body
    save(submission, cast.tambon, change(topic, base=2, rows={str(key): {named_in: "ใหม่"}}))
    assert rows.get().organization is None and rows.get().body_key == "ใหม"


def test_a_save_asks_the_database_at_most_twelve_times(submission, cast, sign_in, django_assert_max_num_queries):
    """Session, user and permission included, whatever the rows; the test's own savepoints aside."""
    address, client = reverse("submission_save", args=[submission.pk]), sign_in(cast.tambon)
    client.get(reverse("account_page"))
    client.post(address, sent("team", {"name": "แรก"}), content_type="application/json")
    for number in (1, 60):
        with django_assert_max_num_queries(14) as asked:
            client.post(address, sent("team", *[{"name": "ก"}] * number), content_type="application/json")
        assert sum("SAVEPOINT" not in one["sql"] for one in asked) <= 12


@pytest.mark.parametrize("who", ["staff", "zone3", "district", "tambon", "tambon2", "member", "nobody"])
def test_one_fetched_by_key_is_seen_by_whoever_sees_it_in_a_list(submission, cast, who):
    user = getattr(cast, who)
    listed = Submission.objects.visible_to(user).filter(pk=submission.pk).first()
    assert Submission.objects.one_visible_to(user, submission.pk) == listed
