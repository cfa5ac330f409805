"""Reports, what was decided, appeals, and the log of every act."""

from moderation.models.log import ActionLog
from moderation.models.reports import Appeal, Decision, Report

__all__ = ["ActionLog", "Appeal", "Decision", "Report"]
