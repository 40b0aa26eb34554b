"""Why an action of the survey could not be done, where one sentence is not all there is to say."""

from __future__ import annotations

from organizations.problems import Refused
from tambon_survey.rules import Problem


class Impossible(Refused):
    """No such move leads on from the state the submission is in: the page was old, or the request made by hand."""


class Blocked(Refused):
    """The answers cannot be sent yet; `problems` says what must be mended."""

    def __init__(self, sentence: object, problems: list[Problem]) -> None:
        super().__init__(sentence)
        self.problems = problems
