"""Groups, who belongs to them, their events and the answers."""

from groups.models.events import Event
from groups.models.groups import Group, Membership, Role
from groups.models.rsvps import Rsvp

__all__ = ["Event", "Group", "Membership", "Role", "Rsvp"]
