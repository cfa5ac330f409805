"""The person, whom they have blocked, what they sign in with, and what the API and their devices keep for them."""

from accounts.models.blocks import Block, BlockQuerySet
from accounts.models.people import StaffRole, User, UserManager, UserQuerySet, named, seen, validate_time_zone
from accounts.models.replies import KeptReply, KeptReplyQuerySet
from accounts.models.sessions import AccountSession
from accounts.models.sync import SyncClock, SyncEntry
from accounts.models.tokens import AccessToken, AccessTokenQuerySet

__all__ = [
    "AccessToken",
    "AccessTokenQuerySet",
    "AccountSession",
    "Block",
    "BlockQuerySet",
    "KeptReply",
    "KeptReplyQuerySet",
    "StaffRole",
    "SyncClock",
    "SyncEntry",
    "User",
    "UserManager",
    "UserQuerySet",
    "named",
    "seen",
    "validate_time_zone",
]
