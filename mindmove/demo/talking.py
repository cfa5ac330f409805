"""What the people of the demo say to each other."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from groups.models import Group
from groups.services.feed import cheer, write_comment, write_post
from groups.services.watching import pin
from mindmove.demo.picturing import painted


def talk(said: dict[str, Any], people: dict[str, User], *, now: datetime) -> None:
    """Let people of a group say their words, answer and cheer, some hours or days ago."""
    group = Group.objects.get(name=said["group"])
    for row in said["words"]:
        at = now - timedelta(hours=row["hours_ago"])
        author, is_announcement = people[row["by"]], row.get("announcement", False)
        said = {"text": row["text"].strip(), "is_announcement": is_announcement}
        pictures = [painted(**picture) for picture in row.get("pictures", [])]
        post = write_post(group=group, person=author, pictures=pictures, now=at, **said)
        if is_announcement:
            pin(post=post, person=author, is_on=True, now=at)
        for minutes, key in enumerate(row.get("cheers", []), start=5):
            cheer(post=post, person=people[key], now=at + timedelta(minutes=minutes))
        for minutes, answer in enumerate(row.get("answers", []), start=30):
            said_at = at + timedelta(minutes=minutes)
            write_comment(post=post, person=people[answer["by"]], text=answer["text"], now=said_at)
