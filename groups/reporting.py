"""What of groups can be reported, and what becomes of it when moderators act."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Comment, Event, Group, HostMessage, Picture, Post
from groups.people import people_known_to
from groups.services import hiding
from groups.services.requests import end_requests_of
from groups.services.standing import give_back_seats_of, hand_over_groups_of
from moderation.ending import on_ending
from moderation.subjects import Subject, register


def register_subjects() -> None:
    """Make groups, events, people and their words reportable."""
    on_ending(give_back_seats_of)
    on_ending(hand_over_groups_of)
    on_ending(end_requests_of)
    for subject in (*_words(), _picture(), *_gatherings(), _host_message(), _person()):
        register(subject)


def _words() -> tuple[Subject, ...]:
    post = Subject(
        kind="post",
        label=_("a post"),
        yours=_("a post of yours"),
        rows=lambda: Post.objects.select_related("author", "group"),
        person_of=lambda row: row.author,
        excerpt_of=lambda row: _lines(row.group.name, row.text),
        words_of=lambda row: row.text,
        url_of=lambda row: row.group.get_absolute_url(),
        hide=hiding.hide_words,
        show=hiding.show_words,
        goes_with_person=True,
    )
    comment = Subject(
        kind="comment",
        label=_("a comment"),
        yours=_("a comment of yours"),
        rows=lambda: Comment.objects.select_related("author", "post__group"),
        person_of=lambda row: row.author,
        excerpt_of=lambda row: _lines(row.post.group.name, row.text),
        words_of=lambda row: row.text,
        url_of=lambda row: row.post.group.get_absolute_url(),
        hide=hiding.hide_words,
        show=hiding.show_words,
        goes_with_person=True,
    )
    return post, comment


def _picture() -> Subject:
    return Subject(
        kind="picture",
        label=_("a picture"),
        yours=_("a picture of yours"),
        rows=lambda: Picture.objects.select_related("sent_by", "group", "post"),
        person_of=lambda row: row.sent_by,
        excerpt_of=lambda row: _lines(row.group.name, row.alt),
        words_of=lambda row: row.alt,
        url_of=lambda row: row.group.get_absolute_url(),
        hide=hiding.hide_picture,
        show=hiding.show_picture,
        goes_with_person=True,
    )


def _gatherings() -> tuple[Subject, ...]:
    event = Subject(
        kind="event",
        label=_("an event"),
        yours=_("an event of yours"),
        rows=lambda: Event.objects.select_related("group__owner"),
        person_of=lambda row: row.group.owner,
        excerpt_of=lambda row: _lines(row.group.name, row.title, row.place, row.about, row.how_it_goes),
        url_of=lambda row: row.get_absolute_url(),
        hide=hiding.call_off,
    )
    group = Subject(
        kind="group",
        label=_("a group"),
        yours=_("a group of yours"),
        rows=lambda: Group.objects.select_related("owner"),
        person_of=lambda row: row.owner,
        excerpt_of=lambda row: _lines(row.name, row.place, row.about),
        url_of=lambda row: row.get_absolute_url(),
        hide=hiding.hide_group,
        show=hiding.show_group,
    )
    return event, group


def _host_message() -> Subject:
    return Subject(
        kind="host-message",
        label=_("a message from a host"),
        yours=_("a message of yours to those who come"),
        rows=lambda: HostMessage.objects.select_related("author", "event__group"),
        person_of=lambda row: row.author,
        excerpt_of=lambda row: _lines(row.event.group.name, row.event.title, row.text),
        words_of=lambda row: row.text,
        url_of=lambda row: row.event.get_absolute_url(),
        hide=hiding.take_away,
        goes_with_person=True,
    )


def _person() -> Subject:
    return Subject(
        kind="person",
        label=_("a person"),
        yours=_("how you take part"),
        rows=User.objects.get_queryset,
        seen_by=people_known_to,
        person_of=lambda row: row,
        excerpt_of=str,
        url_of=lambda row: reverse("groups:person", args=[row.uuid]),
    )


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
