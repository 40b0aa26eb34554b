"""Home for each of the cast, and the language of the page."""

import pytest
from django.conf import settings

COOKIE = settings.LANGUAGE_COOKIE_NAME


def test_a_visitor_sees_the_public_overview(places, client):
    """Districts and focus tambon, no person and no telephone number."""
    body = client.get("/").content.decode()
    assert all(name in body for name in ("ปากพนัง", "ปากแพรก", "นครศรีธรรมราช"))
    assert "tel:" not in body and "/people/" not in body


@pytest.mark.parametrize(("name", "place"), [
    ("staff", "จังหวัดนครศรีธรรมราช"), ("zone3", "โซน 3"), ("district", "อำเภอปากพนัง"), ("tambon", "ตำบลปากแพรก"),
])  # fmt: skip
def test_everyone_lands_on_the_own_area(cast, sign_in, name, place):
    """The home page names the area of the post."""
    assert place in sign_in(getattr(cast, name)).get("/").content.decode()


@pytest.mark.parametrize("name", ["member", "nobody"])
def test_without_an_area_home_still_opens(cast, sign_in, name):
    """A page that says what is missing, not an error, and no name of anybody's area."""
    response = sign_in(getattr(cast, name)).get("/")
    assert response.status_code == 200 and "ปากแพรก" not in response.content.decode()


def test_no_page_is_kept_after_signing_in(cast, sign_in, client):
    """no-store behind sign-in."""
    for url in ("/", "/account/", "/people/", "/healthz"):
        assert "no-store" in sign_in(cast.tambon).get(url)["Cache-Control"], url


def test_a_missing_telephone_number_is_the_next_thing(cast, sign_in):
    """Asked for until it is there."""
    client = sign_in(cast.tambon)
    url = f"/people/{cast.tambon.person_id}/contacts/add/"
    assert url not in client.get("/").content.decode()
    cast.tambon.person.contacts.all().delete()
    assert url in client.get("/").content.decode()


def test_a_zone_sees_its_vacancies_only(cast, sign_in):
    """Posts of the own zone, none of another."""
    body = sign_in(cast.zone3).get("/").content.decode()
    assert "เชียรใหญ่" in body and "ลานสกา" not in body and "กำโลน" not in body


@pytest.mark.parametrize("asked", ["en", "en-US,en;q=0.9", "de", "zh-TW"])
def test_the_browser_language_is_ignored(places, client, asked):
    """A phone set to English is no wish to read English here."""
    response = client.get("/", headers={"accept-language": asked})
    assert response["Content-Language"] == "th" and 'lang="th"' in response.content.decode()


def test_the_switch_gives_english_by_cookie(places, client):
    """POST, a cookie, and back to the page; and Thai again."""
    response = client.post("/language/", {"language": "en", "next": "/"})
    assert response.status_code == 302 and response.cookies[COOKIE].value == "en"
    assert 'lang="en"' in client.get("/").content.decode()
    client.post("/language/", {"language": "th", "next": "/"})
    assert 'lang="th"' in client.get("/").content.decode()


@pytest.mark.parametrize("cookie", ["xx", "EN-us", "../../etc", "th\x00", "en" * 1000])
def test_an_odd_cookie_is_thai(places, client, cookie):
    """Anything unknown is Thai, never an error."""
    client.cookies[COOKIE] = cookie
    assert client.get("/")["Content-Language"] == "th"


def test_the_switch_leads_to_no_other_site(places, client):
    """`next` stays here."""
    response = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in response["Location"]


def test_a_member_is_led_to_the_province_of_the_network(cast, sign_in, settings):
    """Whichever that is."""
    settings.HOME_PROVINCE = "81"
    body = sign_in(cast.member).get("/").content.decode()
    assert body.count("/provinces/81/") > 1 and 'href="/provinces/80/"' not in body


def test_the_menu_leads_everyone_to_stories_forums_and_questions(cast, sign_in):
    """In a group of their own, on a phone as on a laptop."""
    for name in ("staff", "tambon", "nobody"):
        page = sign_in(getattr(cast, name)).get("/").content.decode()
        assert [page.count(f'href="/{one}/"') for one in ("stories", "forums", "questions")] == [2, 2, 2], name
