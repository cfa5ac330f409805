"""Groups, who belongs to them, their events and answers, and what they share."""

from groups.models.attendance import AnswerLink, Attendance
from groups.models.buddies import Buddies, BuddyWord, Noticer
from groups.models.events import Event
from groups.models.feed import Cheer, Comment, Picture, Post
from groups.models.goals import Contribution, Goal, GoalShare, GroupPlan, GroupPlanShare
from groups.models.groups import Group
from groups.models.hosting import CalendarFeed, HostMessage
from groups.models.joining import Invitation, JoinRequest
from groups.models.memberships import Membership, Role
from groups.models.rsvps import Rsvp
from groups.models.series import Series
from groups.models.sharing import PlanShare

__all__ = [
    "AnswerLink",
    "Attendance",
    "Buddies",
    "BuddyWord",
    "CalendarFeed",
    "Cheer",
    "Comment",
    "Contribution",
    "Event",
    "Goal",
    "GoalShare",
    "Group",
    "GroupPlan",
    "GroupPlanShare",
    "HostMessage",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Noticer",
    "Picture",
    "PlanShare",
    "Post",
    "Role",
    "Rsvp",
    "Series",
]
