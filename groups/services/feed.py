"""Writing in a group: posts, comments and cheers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import InvalidInput, NotPermitted
from core.held import was_held
from core.markdown import to_html
from core.visibility import get_still
from core.words import tidy
from groups.models import Cheer, Comment, Group, Membership, Post
from groups.models.feed import Words
from groups.models.memberships import HOSTING, MembershipQuerySet
from groups.services.pictures import Sent, add_pictures, let_go_of_pictures
from groups.services.spam import A_DAY, Said, is_to_be_held, require_calm, require_new, said_today
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
    if pictures:
        _membership(group, person)  # before they are made anew, which takes a while; and once more under the lock
    made = [(sent.made(), sent.alt) for sent in pictures]
    with transaction.atomic():
        membership = _writer(group, person)
        if is_announcement and membership.role not in HOSTING:
            raise NotPermitted("not_a_host", _("Announcements are made by hosts."))
        post = Post(group=group, author=person, is_announcement=is_announcement, created_at=now)
        written = said_today(person, now=now)
        require_calm(membership, [one.created_at for one in written if not one.is_comment], Post, now=now)
        _say(post, text, membership, written, now=now)
        post.save()
        add_pictures(post, made)
        if is_announcement:
            _announce(post, now)
        return post


def write_comment(*, post: Post, person: User, text: str, now: datetime) -> Comment:
    """Answer a post, which the person can see."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        membership = _writer(post.group, person)
        lock_words(post)  # it is not taken back while something is hung on it
        comment = Comment(post=post, author=person, created_at=now)
        written = said_today(person, now=now)
        require_calm(membership, [one.created_at for one in written if one.is_comment], Comment, now=now)
        _say(comment, text, membership, written, now=now)
        comment.save()
        return comment


def change_words(*, words: Post | Comment, person: User, text: str, now: datetime) -> Post | Comment:
    """Say it differently. A link that a newcomer adds is read first, as in something new. Return it as it is then."""
    require_good_standing(person, now=now)
    if words.author_id != person.pk:
        raise NotPermitted("not_yours", _("Only who wrote it changes it."))
    with transaction.atomic():
        membership = _membership(words.thread.group, person)
        locked = lock_words(words)
        _say(locked, text, membership, said_today(person, now=now), now=now)
        locked.edited_at = now
        locked.save(update_fields=["text", "text_html", "held_at", "edited_at"])
        return locked


@transaction.atomic
def remove_words(*, words: Post | Comment, person: User) -> None:
    """Take back what one wrote, with all that hangs on it. Nobody else does: others hide. Twice is once."""
    if words.author_id != person.pk:
        raise NotPermitted("not_yours", _("Only who wrote it takes it back."))
    if not was_held(words) and not type(words).objects.select_for_update().filter(pk=words.pk).exists():
        return
    if isinstance(words, Post):
        let_go_of_pictures(words)
    words.delete()


def cheer(*, post: Post, person: User, now: datetime) -> None:
    """Leave a friendly sign under a post; twice is once."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        membership = _writer(post.group, person)
        lock_words(post)
        cheers = Cheer.objects.filter(Q(post=post) | Q(created_at__gt=now - A_DAY), person=person)
        if any(cheer.post_id == post.pk for cheer in cheers):
            return
        require_calm(membership, [one.created_at for one in cheers], Cheer, now=now)
        Cheer.objects.create(post=post, person=person, created_at=now)


def take_back_cheer(*, post: Post, person: User) -> None:
    Cheer.objects.filter(post=post, person=person).delete()


def lock_words(words: Post | Comment) -> Post | Comment:
    """Return the row as it is now, locked until the end of the transaction."""
    if was_held(words):
        return words
    if isinstance(words, Post):
        return get_still(Post.objects.select_for_update(no_key=True), words)
    return get_still(Comment.objects.select_for_update(no_key=True), words)


def _say(words: Words, text: str, membership: Membership, written: list[Said], *, now: datetime) -> None:
    """Put the text and the clean HTML made of it into `words`, held when somebody is to read it first."""
    words.text = tidy(text)
    words.text_html = to_html(words.text)
    if not words.text:
        raise InvalidInput("no_words", _("A word or two, please."), field="text")
    require_new(words, written)
    if words.held_at is None and is_to_be_held(words, membership, now=now):
        words.held_at = now


def _writer(group: Group, person: User) -> Membership:
    """Return the person's membership, the person locked, so that no two of their requests count the same."""
    mine = Membership.objects.select_for_update(no_key=True, of=("person",))
    return _membership(group, person, mine)


def _membership(group: Group, person: User, memberships: MembershipQuerySet | None = None) -> Membership:
    """Return the person's own, or refuse: who only looks reads, and does not write."""
    asked = (Membership.objects.all() if memberships is None else memberships).taking_part()
    found = asked.select_related("person").filter(group=group, person=person).first()
    if found is None:
        raise NotPermitted("not_taking_part", _("Whoever takes part in the group writes here."))
    if not group.is_open:
        raise NotPermitted("group_closed", _("This group is closed: it can be read, and nothing is added."))
    return found


def _announce(post: Post, now: datetime) -> None:
    members = Membership.objects.current().filter(group=post.group_id, person__is_active=True)
    members = members.exclude(person=post.author_id)
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
