"""Loading reference data says what it would do before it does it, and mends what the source spells oddly."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organizations.models import AuditEntry, District, Post, Province, Tambon, Zone
from organizations.reference import (
    apply_plan,
    ensure_posts,
    ensure_zones,
    plan_province,
    province_codes,
    tidy_english,
)

pytestmark = pytest.mark.django_db


def test_planning_writes_nothing():
    """A plan is a question, not a change."""
    plan = plan_province("80")
    assert len(plan.added) > 180 and not plan.is_empty
    assert not Province.objects.exists() and not AuditEntry.objects.exists()


def test_a_second_load_is_empty():
    """What was loaded is the same as its source: 1 province, 23 districts and their tambon."""
    apply_plan(plan_province("80"))
    again = plan_province("80")
    assert again.is_empty and again.same == 1 + District.objects.count() + Tambon.objects.count()
    assert District.objects.count() == 23
    assert AuditEntry.objects.filter(verb="load").count() == 1


def test_a_changed_name_is_reported_then_mended_and_audited():
    """Field by field, old and new, before and after."""
    apply_plan(plan_province("80"))
    tambon = Tambon.objects.get(pk="801209")
    tambon.name_th = "ปากแพรกเก่า"
    tambon.save()
    said = StringIO()
    call_command("load_province", "80", "--dry-run", stdout=said)
    assert "1 to change" in said.getvalue() and "ปากแพรกเก่า" in said.getvalue()
    assert Tambon.objects.get(pk="801209").name_th == "ปากแพรกเก่า"
    apply_plan(plan_province("80"))
    assert AuditEntry.objects.about(tambon).get().changes == {"name_th": ["ปากแพรกเก่า", "แหลมตะลุมพุก"]}
    assert Tambon.objects.matching("แหลมตะลุมพุก").filter(pk="801209").exists()


def test_what_the_source_does_not_know_is_left_alone():
    """A row of one's own is reported and stays."""
    apply_plan(plan_province("80"))
    Tambon.objects.create(code="801299", district_id="8012", name_th="ของเราเอง")
    plan = plan_province("80")
    assert [one.pk for one in plan.unknown] == ["801299"] and plan.is_empty


def test_the_command_asks(monkeypatch):
    """Without a yes nothing is written."""
    monkeypatch.setattr("builtins.input", lambda _: "n")
    call_command("load_province", "80", stdout=StringIO())
    assert not Province.objects.exists()
    monkeypatch.setattr("builtins.input", lambda _: "y")
    call_command("load_province", "80", stdout=StringIO())
    assert Province.objects.exists()


@pytest.mark.parametrize("codes", [["00"], ["๘๐"], ["x"], []])
def test_an_unknown_province_is_refused(codes):
    """With a sentence, not a traceback."""
    with pytest.raises(CommandError):
        call_command("load_province", *codes, stdout=StringIO())


def test_seventy_seven_provinces():
    """Each code once, two digits."""
    codes = province_codes()
    assert len(codes) == len(set(codes)) == 77 and all(len(code) == 2 for code in codes)


@pytest.mark.parametrize(("odd", "mended"), [("Lan SaKa", "Lan Saka"), ("Tha yang", "Tha Yang"), ("Sichon", "Sichon")])
def test_english_spellings_are_mended(odd, mended):
    """Capitals begin words and nothing else."""
    assert tidy_english(odd) == mended


def test_no_odd_capital_is_left():
    """In the whole province."""
    apply_plan(plan_province("80"))
    names = [*District.objects.values_list("name_en", flat=True), *Tambon.objects.values_list("name_en", flat=True)]
    assert [name for name in names if tidy_english(name) != name] == []
    assert District.objects.get(name_th="ลานสกา").name_en == "Lan Saka"


def test_default_zones_and_posts_once():
    """Five zones, no district left over; a second run adds nothing and moves nothing."""
    apply_plan(plan_province("80"))
    province = Province.objects.get()
    ensure_zones(province)
    ensure_posts(province)
    assert Zone.objects.count() == 5 and not District.objects.filter(zone=None).exists()
    assert sum(post.seats for post in Post.objects.filter(zone__isnull=False)) == 10
    assert Post.objects.filter(district__isnull=False).count() == 23
    District.objects.filter(pk="8012").update(zone=Zone.objects.get(number=1))
    ensure_zones(province)
    assert ensure_posts(province) == 0 and District.objects.get(pk="8012").zone.number == 1
