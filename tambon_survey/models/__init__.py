"""Models of the tambon survey."""

from tambon_survey.models.rounds import Round

__all__ = ["Round"]
