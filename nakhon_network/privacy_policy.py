"""The policy file: what the network keeps about people, why, by what right, how long, and who reads it.

One list, `KEPT`, names every personal field of every table; `not_personal.py` names all the others. A test fails for a
field that stands in neither. The public page, the notice above the forms and the retention command read this file.
The grounds name sections of the Personal Data Protection Act, B.E. 2562; a lawyer confirms them before launch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The notice above the forms: count up when its words, a purpose or an audience below change.
NOTICE_VERSION = "1"
NOTICE_SINCE = date(2026, 11, 24)
# Somebody whose data others typed in is told within so many days.
TELL_WITHIN = timedelta(days=30)
# A contact is asked for again after a year.
CONFIRM_AFTER = timedelta(days=365)
# The office hears of a breach within so long after it was found.
REPORT_WITHIN = timedelta(hours=72)


class Basis(TextChoices):
    """By what right something is kept."""

    CONSENT = "consent", _("consent of the person (section 19)")
    INTEREST = "interest", _("legitimate interest of the network, weighed against that of the person (section 24 (5))")
    ARCHIVE = "archive", _("record of public interest, as an archive (section 24 (1))")
    CONTRACT = "contract", _("needed for the account the person asked for (section 24 (3))")
    DUTY = "duty", _("needed to fulfil a legal duty (section 24 (6))")


@dataclass(frozen=True)
class Period:
    """How long: in words, and in days after the event the words name (None: not ended by the clock)."""

    words: Promise
    days: int | None = None

    @property
    def span(self) -> timedelta:
        """As a span; only for those that the clock ends."""
        if self.days is None:
            raise ValueError("this period does not end by the clock")
        return timedelta(days=self.days)


UNTIL_ERASED = Period(_("as long as the person has to do with the network, or until they ask for erasure"))
AFTER_LAST_POST = Period(_("until two years after the last post ended, or until the person withdraws it"), 730)
AFTER_ROUND = Period(_("telephone and LINE until two years after the survey round closed; the answers stay"), 730)
AFTER_IMPORT = Period(_("ninety days after the file was sent; what it brought stays in the survey"), 90)
AFTER_VISIT = Period(_("ninety days after the device signed in last"), 90)
AFTER_NOTICE = Period(_("a year after the notice was made"), 365)
AFTER_CHANGE = Period(_("values of contacts two years after the change; that something was changed stays"), 730)
WITH_ACCOUNT = Period(_("as long as the account is open"))
FOR_GOOD = Period(_("for good, as the record of the network"))
THREE_YEARS = Period(_("three years after the case was closed"), 1095)


@dataclass(frozen=True)
class Kept:
    """One kind of personal data. `fields`: `app.model` → names of its fields, in one text with spaces between."""

    what: Promise
    fields: dict[str, str]
    purpose: Promise
    basis: Basis
    period: Period
    audience: Promise


_LINE = _("those who work for the same area, for one that contains it, or for one in it")
_READERS = _("whoever may read the meeting: the keepers of the record, the network, or everyone, as it says there")

KEPT: tuple[Kept, ...] = (
    Kept(
        what=_("Name of a person the network knows"),
        fields={"organizations.person": "prefix first_name last_name sort_key search_key loose_key name_key"},
        purpose=_("to know who does what, and to tell persons of one name apart"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("those who work for the same areas; holders of provincial and zone posts: the whole network"),
    ),
    Kept(
        what=_("Nickname, form of address, other names, note"),
        fields={"organizations.person": "nickname form_of_address note held_reason", "organizations.alias": "name"},
        purpose=_("to address people properly and to find them by the name they are known by"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("whoever may see the person; the note only who may change it"),
    ),
    Kept(
        what=_("Telephone, LINE, e-mail and other ways to reach a person"),
        fields={"organizations.contact": "kind value extension visibility consent told_on told_how"},
        purpose=_("to call people to meetings, survey and work that concerns them"),
        basis=Basis.INTEREST,
        period=AFTER_LAST_POST,
        audience=_("coordinators in the same line of work; with the person's consent everyone in the network"),
    ),
    Kept(
        what=_("Posts held, since when, until when, and why they ended"),
        fields={"organizations.appointment": "starts_on ends_on source end_reason"},
        purpose=_("to know who is responsible for which area, now and in the past"),
        basis=Basis.INTEREST,
        period=FOR_GOOD,
        audience=_LINE,
    ),
    Kept(
        what=_("Account: user name, e-mail, telephone"),
        fields={
            "organizations.user": "username username_key email phone",
            "account.emailaddress": "email",
            "account.emailconfirmation": "key",
        },
        purpose=_("to sign in, and to get the notices one needs"),
        basis=Basis.CONTRACT,
        period=WITH_ACCOUNT,
        audience=_("the person; the provincial working group"),
    ),
    Kept(
        what=_("Keys to sign in with: password (as a fingerprint only), passkeys, LINE sign-in, calendar address"),
        fields={
            "organizations.user": "password",
            "organizations.invitation": "token_hash",
            "mfa.authenticator": "type data",
            "socialaccount.socialaccount": "provider uid extra_data",
            "socialaccount.socialtoken": "token token_secret",
            "meetings.calendarfeed": "secret",
        },
        purpose=_("to make sure that it is the person who signs in"),
        basis=Basis.CONTRACT,
        period=WITH_ACCOUNT,
        audience=_("nobody: the system only compares them"),
    ),
    Kept(
        what=_("Devices that are signed in: network address, browser"),
        fields={
            "sessions.session": "session_key session_data",
            "usersessions.usersession": "ip session_key user_agent data",
        },
        purpose=_("to stay signed in, and to see a device that is not one's own"),
        basis=Basis.INTEREST,
        period=AFTER_VISIT,
        audience=_("the person"),
    ),
    Kept(
        what=_("History: who changed, exported or looked up what, when and why"),
        fields={
            "organizations.auditentry": "label changes reason",
            "admin.logentry": "object_id object_repr change_message",
        },
        purpose=_("to know what was done with data, and to mend mistakes"),
        basis=Basis.DUTY,
        period=AFTER_CHANGE,
        audience=_("whoever may change the record it is about"),
    ),
    Kept(
        what=_("Core coordinators named in a survey: name, role, telephone, LINE"),
        fields={"tambon_survey.coordinator": "name role phone line told_on told_how"},
        purpose=_("to know who carries the work in a tambon and how to reach them"),
        basis=Basis.INTEREST,
        period=AFTER_ROUND,
        audience=_("those who work for the tambon or an area it lies in; with their consent the planning meeting"),
    ),
    Kept(
        what=_("Working team, informants and contact persons of agencies named in a survey"),
        fields={
            "tambon_survey.teammember": "name role duty",
            "tambon_survey.submission": "informant",
            "tambon_survey.support": "contact",
        },
        purpose=_("to know who takes part in the work of a tambon and where answers come from"),
        basis=Basis.INTEREST,
        period=FOR_GOOD,
        audience=_LINE,
    ),
    Kept(
        what=_("Copies of survey answers: every save, what was sent, the packet of the planning meeting"),
        fields={
            "tambon_survey.save": "changes",
            "tambon_survey.snapshot": "content",
            "tambon_survey.packet": "content",
        },
        purpose=_("to see what changed, to restore what was lost, to plan with what was really sent"),
        basis=Basis.INTEREST,
        period=AFTER_ROUND,
        audience=_LINE,
    ),
    Kept(
        what=_("Spreadsheets that were brought in"),
        fields={"tambon_survey.importbatch": "file original_name layouts counts problem"},
        purpose=_("to check what a file would change before it is written, and to take it back"),
        basis=Basis.INTEREST,
        period=AFTER_IMPORT,
        audience=_("who sent the file; the provincial working group"),
    ),
    Kept(
        what=_("Remarks, reasons and replies in surveys that may name people"),
        fields={
            "tambon_survey.submission": "coordinators_remark activities_remark team_remark agencies_remark "
            "added_reason",
            "tambon_survey.step": "reason",
            "tambon_survey.point": "row_name text reply_text",
            "tambon_survey.zonereport": "summary",
            "tambon_survey.explanation": "text",
            "tambon_survey.packet": "explanation",
            "tambon_survey.activity": "title what group next_step needs_other search_key loose_key body_key",
            "tambon_survey.support": "name kind body_key",
            "tambon_survey.writtenname": "name key",
        },
        purpose=_("to understand and to mend the answers"),
        basis=Basis.INTEREST,
        period=FOR_GOOD,
        audience=_LINE,
    ),
    Kept(
        what=_("Who came to a meeting, who did not and why, who led the talk"),
        fields={
            "meetings.attendance": "roll name name_key organization_name duty reason",
            "meetings.facilitation": "role name",
        },
        purpose=_("to record who decided, and who is to be told"),
        basis=Basis.ARCHIVE,
        period=FOR_GOOD,
        audience=_READERS,
    ),
    Kept(
        what=_("Minutes: who wrote and checked them, what was said and decided"),
        fields={
            "meetings.minutes": "recorder_name recorder_post checker_name checker_post reason document",
            "meetings.meeting": "title purpose summary secretary_note venue search_key loose_key",
            "meetings.agendaitem": "title discussion outcome_text",
            "meetings.goal": "title discussion",
            "meetings.resolution": "text withdrawn_reason search_key loose_key",
            "meetings.forum": "intended happened difference next_time",
            "meetings.lesson": "text said_by",
            "meetings.speaker": "name topic",
        },
        purpose=_("to keep what a meeting decided as the meeting adopted it"),
        basis=Basis.ARCHIVE,
        period=FOR_GOOD,
        audience=_READERS,
    ),
    Kept(
        what=_("Tasks and what was reported about them"),
        fields={"meetings.task": "text outcome", "meetings.taskupdate": "text"},
        purpose=_("to follow up what a meeting gave somebody to do"),
        basis=Basis.INTEREST,
        period=FOR_GOOD,
        audience=_READERS,
    ),
    Kept(
        what=_("How to reach an organization, whom to ask for there, and what is said of it"),
        fields={
            "organizations.organizationcontact": "kind value extension whom_to_ask visibility",
            "organizations.organization": "about source",
            "organizations.offer": "conditions",
            "organizations.relation": "note",
        },
        purpose=_("to bring those who look for help together with those who have it"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("as chosen for each: who looks after the organization, the network, or everyone"),
    ),
    Kept(
        what=_("What a person knows and may be asked about"),
        fields={"organizations.knowledge": "text"},
        purpose=_("to bring those who look for help together with those who have it"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("whoever may see the person; the note only who may change it"),
    ),
    Kept(
        what=_("Introductions: what they were for and what came of them"),
        fields={"tambon_survey.introduction": "purpose outcome"},
        purpose=_("to follow up what an introduction began"),
        basis=Basis.INTEREST,
        period=FOR_GOOD,
        audience=_LINE,
    ),
    Kept(
        what=_("Stories and learning media, and who is credited for them"),
        fields={"tambon_survey.story": "title text credit search_key loose_key"},
        purpose=_("to let others learn from what a tambon does"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("hidden, the network or everyone, as chosen for each; taken down on request"),
    ),
    Kept(
        what=_("Questions, answers and remarks about meetings, stories and activities, without any network address"),
        fields={
            "meetings.comment": "text author_name where_answered",
            "tambon_survey.remark": "text author_name where_answered",
        },
        purpose=_("to answer what people ask"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("whoever may read what they are about; who said it only the network"),
    ),
    Kept(
        what=_("Photos and papers: without the place and device a camera notes"),
        fields={
            "meetings.meetingphoto": "file original_name caption",
            "meetings.attachment": "file original_name title",
            "tambon_survey.activityphoto": "file original_name",
            "tambon_survey.storyphoto": "file original_name caption",
        },
        purpose=_("to show what a meeting or an activity was"),
        basis=Basis.INTEREST,
        period=UNTIL_ERASED,
        audience=_("hidden, the network or everyone, as chosen for each; taken down on request"),
    ),
    Kept(
        what=_("Notices to people who fill in and review"),
        fields={"tambon_survey.notice": "text url key"},
        purpose=_("to tell people in time what waits for them"),
        basis=Basis.INTEREST,
        period=AFTER_NOTICE,
        audience=_("the person"),
    ),
    Kept(
        what=_("That somebody's data was erased, and breaches of data: what was done, without the data"),
        fields={"organizations.erasure": "reason", "organizations.breach": "what whose measures"},
        purpose=_("to show that the network does what the law asks"),
        basis=Basis.DUTY,
        period=THREE_YEARS,
        audience=_("the provincial working group"),
    ),
)


def personal() -> dict[str, set[str]]:
    """`app.model` → names of its personal fields."""
    found: dict[str, set[str]] = {}
    for kept in KEPT:
        for model, names in kept.fields.items():
            found.setdefault(model, set()).update(names.split())
    return found
