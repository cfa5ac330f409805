"""How people come into groups of the demo otherwise than by joining."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from groups.models import Group
from groups.services.groups import change_group
from groups.services.invitations import invite, use_invitation
from groups.services.requests import ask_to_join

type People = dict[str, User]
type Row = dict[str, Any]


def let_ask(row: Row, people: People, *, now: datetime) -> None:
    """Let people ask to join from now on, and some of them wait for an answer."""
    group = Group.objects.get(name=row["group"])
    change_group(group=group, by=group.owner, join_policy=Group.JoinPolicy.REQUEST, now=now - timedelta(days=30))
    for asked in row["asked"]:
        at = now - timedelta(hours=asked["hours_ago"])
        ask_to_join(group=group, person=people[asked["by"]], words=asked["words"], now=at)


def add_invitation(group: Group, row: Row, people: People, *, now: datetime) -> None:
    """Make a link as the owner, and let some come in by it."""
    made_at = now - timedelta(days=row["days_ago"])
    said = {name: row[name] for name in ("note", "most_uses", "days") if name in row}
    _invitation, token = invite(group=group, host=group.owner, now=made_at, **said)
    for key in row.get("used", []):
        use_invitation(token=token, person=people[key], now=made_at + timedelta(hours=3))
