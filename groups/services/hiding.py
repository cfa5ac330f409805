"""Taking what was said or planned out of everybody's sight, and bringing it back: for the site's moderators.

`hidden_at` is what those who look after a group set too, so that there is one way in which words are hidden.
"""

from datetime import datetime

from django.db import transaction

from groups.models import Comment, Event, Group, HostMessage, Picture, Post
from groups.services.events import cancel_event


def hide_words(words: Post | Comment, now: datetime) -> None:
    """Hide a post or a comment; its author and those who look after the group go on seeing it."""
    if words.hidden_at is None:
        words.hidden_at = now
        words.save(update_fields=["hidden_at"])


def show_words(words: Post | Comment) -> None:
    words.hidden_at = None
    words.save(update_fields=["hidden_at"])


def hide_picture(picture: Picture, now: datetime) -> None:
    """Hide the post that the picture stands in; the picture of a group is taken away for good, with its file."""
    if picture.post is not None:
        hide_words(picture.post, now)
        return
    file = picture.file
    picture.delete()
    transaction.on_commit(lambda: file.delete(save=False), robust=True)


def show_picture(picture: Picture) -> None:
    if picture.post is not None:
        show_words(picture.post)


def take_away(message: HostMessage, now: datetime) -> None:
    """Take a host's message away for good: from the event's page, and from the mails that are not sent yet."""
    message.delete()


def call_off(event: Event, now: datetime) -> None:
    """Call an event off, as a host would: whoever answered is told."""
    cancel_event(event=event, now=now)


def hide_group(group: Group, now: datetime) -> None:
    """Hide a group from all but its members, where nothing new happens. Whether its owners closed it is theirs.

    What somebody asked to join by has expired, of which they are told soon (`expire_requests`).
    """
    if group.hidden_at is None:
        group.hidden_at = now
        group.save(update_fields=["hidden_at"])


def show_group(group: Group) -> None:
    group.hidden_at = None
    group.save(update_fields=["hidden_at"])
