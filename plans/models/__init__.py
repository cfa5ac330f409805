"""Plan templates, following one, and what was done."""

from plans.models.following import Cue, Enrollment
from plans.models.logs import MoodRating, SessionLog
from plans.models.templates import Contraindication, PlanTemplate, Session, Week

__all__ = [
    "Contraindication",
    "Cue",
    "Enrollment",
    "MoodRating",
    "PlanTemplate",
    "Session",
    "SessionLog",
    "Week",
]
