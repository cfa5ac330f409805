"""Writing in a group: posts, comments and cheers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import InvalidInput, NotPermitted
from core.markdown import to_html
from core.words import tidy
from groups.models import Cheer, Comment, Group, Membership, Post
from groups.models.feed import Words
from groups.models.memberships import HOSTING
from groups.services.pictures import Sent, add_pictures, let_go_of_pictures
from groups.services.spam import is_to_be_held, require_calm, require_new
from groups.uploads import MOST_PICTURES
from notifications.services.outbox import Message, notify_all


def write_post(
    *,
    group: Group,
    person: User,
    text: str,
    pictures: Sequence[Sent] = (),
    is_announcement: bool = False,
    now: datetime,
) -> Post:
    """Say something to the group. Its members hear of an announcement, a host's, once.

    Raises InvalidInput, naming the field (`text`, `picture_1`…), and DomainError for too much or the same again.
    """
    require_good_standing(person, now=now)
    if len(pictures) > MOST_PICTURES:
        raise InvalidInput("too_many_pictures", _("Four pictures at most."), field=pictures[-1].field)
    made = [(sent.made(), sent.alt) for sent in pictures]
    with transaction.atomic():
        membership = _membership(group, person)
        if is_announcement and membership.role not in HOSTING:
            raise NotPermitted("not_a_host", _("Announcements are made by hosts."))
        post = Post(group=group, author=person, is_announcement=is_announcement, created_at=now)
        require_calm(Post, membership, now=now)
        _say(post, text, membership, now=now)
        post.save()
        add_pictures(post, made)
        if is_announcement:
            _announce(post, now)
        return post


def write_comment(*, post: Post, person: User, text: str, now: datetime) -> Comment:
    """Answer a post, which the person can see."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        membership = _membership(post.group, person)
        comment = Comment(post=post, author=person, created_at=now)
        require_calm(Comment, membership, now=now)
        _say(comment, text, membership, now=now)
        comment.save()
        return comment


def change_words(*, words: Post | Comment, person: User, text: str, now: datetime) -> None:
    """Say it differently. A link that a newcomer adds is read first, as in something new."""
    require_good_standing(person, now=now)
    if words.author_id != person.pk:
        raise NotPermitted("not_yours", _("Only who wrote it changes it."))
    with transaction.atomic():
        membership = _membership(words.thread.group, person)
        locked = lock_words(words)
        _say(locked, text, membership, now=now)
        locked.edited_at = now
        locked.save(update_fields=["text", "text_html", "held_at", "edited_at"])


@transaction.atomic
def remove_words(*, words: Post | Comment, person: User) -> None:
    """Take back what one wrote, with all that hangs on it. Nobody else does: others hide."""
    if words.author_id != person.pk:
        raise NotPermitted("not_yours", _("Only who wrote it takes it back."))
    if isinstance(words, Post):
        let_go_of_pictures(words)
    words.delete()


def cheer(*, post: Post, person: User, now: datetime) -> None:
    """Leave a friendly sign under a post; twice is once."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        membership = _membership(post.group, person)
        if Cheer.objects.filter(post=post, person=person).exists():
            return
        require_calm(Cheer, membership, now=now)
        Cheer.objects.get_or_create(post=post, person=person, defaults={"created_at": now})


def take_back_cheer(*, post: Post, person: User) -> None:
    Cheer.objects.filter(post=post, person=person).delete()


def lock_words(words: Post | Comment) -> Post | Comment:
    """Return the row as it is now, locked until the end of the transaction."""
    if isinstance(words, Post):
        return Post.objects.select_for_update(no_key=True).get(pk=words.pk)
    return Comment.objects.select_for_update(no_key=True).get(pk=words.pk)


def _say(words: Words, text: str, membership: Membership, *, now: datetime) -> None:
    """Put the text and the clean HTML made of it into `words`, held when somebody is to read it first."""
    words.text = tidy(text)
    words.text_html = to_html(words.text)
    if not words.text:
        raise InvalidInput("no_words", _("A word or two, please."), field="text")
    require_new(words, now=now)
    if words.held_at is None and is_to_be_held(words, membership, now=now):
        words.held_at = now


def _membership(group: Group, person: User) -> Membership:
    """Return the person's own, or refuse: who only looks reads, and does not write."""
    found = Membership.objects.taking_part().select_related("person").filter(group=group, person=person).first()
    if found is None:
        raise NotPermitted("not_taking_part", _("Whoever takes part in the group writes here."))
    if not group.is_open:
        raise NotPermitted("group_closed", _("This group is closed: it can be read, and nothing is added."))
    return found


def _announce(post: Post, now: datetime) -> None:
    members = Membership.objects.current().filter(group=post.group_id).exclude(person=post.author_id)
    notify_all(
        [
            Message(
                person_id=pk,
                kind="group_announcement",
                about_id=str(post.uuid),
                dedupe_key=f"group_announcement:{post.uuid}:{uuid}",
            )
            for pk, uuid in members.values_list("person_id", "person__uuid")
        ],
        now=now,
    )
