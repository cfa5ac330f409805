"""Groups, who belongs to them, their events, the answers, and the plans they share."""

from groups.models.events import Event
from groups.models.groups import Group, Membership, Role
from groups.models.rsvps import Rsvp
from groups.models.sharing import PlanShare

__all__ = ["Event", "Group", "Membership", "PlanShare", "Role", "Rsvp"]
