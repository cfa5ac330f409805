"""Plan templates, following one, what was done, and how it felt."""

from plans.models.changes import DayChange, Pause, Turn
from plans.models.following import Cue, Enrollment
from plans.models.gone import GoneLog
from plans.models.logs import SessionLog
from plans.models.private import Beginning, CheckIn, MoodRating, Readiness, Reflection
from plans.models.stores import StoreWord
from plans.models.templates import Contraindication, Growth, PlanTemplate, Session, Week

__all__ = [
    "Beginning",
    "CheckIn",
    "Contraindication",
    "Cue",
    "DayChange",
    "Enrollment",
    "GoneLog",
    "Growth",
    "MoodRating",
    "Pause",
    "PlanTemplate",
    "Readiness",
    "Reflection",
    "Session",
    "SessionLog",
    "StoreWord",
    "Turn",
    "Week",
]
