"""Models of the tambon survey."""

from tambon_survey.models.activities import Activity, ActivityPhoto
from tambon_survey.models.imports import ImportBatch, RememberedColumns
from tambon_survey.models.introductions import FollowUp, Introduction
from tambon_survey.models.notices import Kind, Notice
from tambon_survey.models.packets import Packet
from tambon_survey.models.remarks import Remark
from tambon_survey.models.reviews import Explanation, Move, Point, Step, ZoneReport
from tambon_survey.models.roster_rows import RosterRow, Standing
from tambon_survey.models.rosters import ROSTERS, Coordinator, Sector, Support, TeamMember
from tambon_survey.models.rounds import Round
from tambon_survey.models.stories import Story, StoryPhoto
from tambon_survey.models.submissions import (
    Answer,
    Manner,
    Readiness,
    Save,
    Snapshot,
    State,
    Submission,
    Topic,
    Verdict,
)
from tambon_survey.models.written_names import WrittenName

__all__ = [
    "ROSTERS",
    "Activity",
    "ActivityPhoto",
    "Answer",
    "Coordinator",
    "Explanation",
    "FollowUp",
    "ImportBatch",
    "Introduction",
    "Kind",
    "Manner",
    "Move",
    "Notice",
    "Packet",
    "Point",
    "Readiness",
    "Remark",
    "RememberedColumns",
    "RosterRow",
    "Round",
    "Save",
    "Sector",
    "Snapshot",
    "Standing",
    "State",
    "Step",
    "Story",
    "StoryPhoto",
    "Submission",
    "Support",
    "TeamMember",
    "Topic",
    "Verdict",
    "WrittenName",
    "ZoneReport",
]
