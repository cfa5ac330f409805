"""Asking to join. Every request ends: accepted, kindly declined, taken back, or expired.

The group's row is the lock, as for every way in and out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, NotPermitted
from core.moments import day_in_words
from core.words import tidy
from groups.models import Group, JoinRequest, Membership
from groups.services.memberships import admit, lock_group
from notifications.services.outbox import Message, notify_all

VALID_FOR = timedelta(days=14)
AGAIN_AFTER = timedelta(days=30)
Status = JoinRequest.Status


def ask_to_join(*, group: Group, person: User, words: str = "", now: datetime) -> JoinRequest:
    """Ask the hosts of a group that is joined on request. Asking twice is asking once."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        asking_or_hosting = Membership.objects.hosting() | Membership.objects.filter(person=person)
        there = {membership.person_id: membership for membership in asking_or_hosting.filter(group=locked)}
        _require_may_ask(locked, there.get(person.pk))
        mine = JoinRequest.objects.filter(group=locked, person=person)
        earlier = list(mine.unanswered_or_declined_since(now - AGAIN_AFTER))
        still = [request for request in earlier if request.status == Status.OPEN]
        if still and still[0].expires_at > now:
            return still[0]
        _require_not_declined_lately(earlier, person, now)
        news = _close(still, Status.EXPIRED, now=now)
        made = JoinRequest.objects.create(
            group=locked, person=person, words=tidy(words), expires_at=now + VALID_FOR, created_at=now
        )
        hosts = [host for host, membership in there.items() if membership.is_hosting]
        notify_all([*news, *_words_to(hosts, locked, made, now)], now=now)
        return made


def accept_request(*, request: JoinRequest, host: User, now: datetime) -> Membership:
    """Let them in, and tell them. What was accepted already stays so."""
    require_good_standing(host, now=now)
    with transaction.atomic():
        theirs = _for_host(request, host, accepts=Status.ACCEPTED, now=now)
        is_open = request.status == Status.OPEN
        membership = admit(group=request.group, person=request.person, known=theirs, has_asked=not is_open, now=now)
        _end([request], Status.ACCEPTED, by=host, now=now)
        return membership


def decline_request(*, request: JoinRequest, host: User, now: datetime) -> None:
    """Say no, without a reason; they are told in a kind sentence that names nobody."""
    require_good_standing(host, now=now)
    with transaction.atomic():
        _for_host(request, host, accepts=Status.DECLINED, now=now)
        _end([request], Status.DECLINED, by=host, now=now)


def take_back_request(*, request: JoinRequest, person: User, now: datetime) -> None:
    """End one's own request. Nobody is told; one that has ended stays as it ended."""
    if request.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    with transaction.atomic():
        lock_group(request.group)
        open_now = JoinRequest.objects.filter(pk=request.pk, status=Status.OPEN)
        open_now.update(status=Status.TAKEN_BACK, closed_at=now)


def expire_requests(*, now: datetime) -> int:
    """End what nobody answered in time or can answer any more, and tell who asked. Returns how many."""
    ended = 0
    waiting = JoinRequest.objects.filter(status=Status.OPEN).over(now)
    for group in Group.objects.filter(pk__in=waiting.values("group")):
        with transaction.atomic():
            lock_group(group)
            over = list(waiting.filter(group=group))
            _end(over, Status.EXPIRED, now=now)
            ended += len(over)
    return ended


@transaction.atomic
def end_requests_of(person: User, until: datetime | None, now: datetime) -> None:
    """End what somebody asked who is gone for good. A suspension (`until`) ends, and their requests by themselves."""
    if until is not None:
        return
    mine = JoinRequest.objects.filter(person=person, status=Status.OPEN)
    for group in Group.objects.filter(pk__in=mine.values("group")).order_by("pk"):
        lock_group(group)
        _end(mine.filter(group=group), Status.EXPIRED, now=now)


def _require_may_ask(group: Group, membership: Membership | None) -> None:
    if membership is not None and membership.is_current:
        raise DomainError("already_in", _("You are in this group already."))
    is_banned = membership is not None and membership.banned_at is not None
    if is_banned or not group.is_open or group.join_policy != Group.JoinPolicy.REQUEST:
        raise NotPermitted("not_on_request", _("This group takes no requests."))


def _require_not_declined_lately(earlier: Iterable[JoinRequest], person: User, now: datetime) -> None:
    declined = [request.closed_at for request in earlier if request.status == Status.DECLINED and request.closed_at]
    if not declined:
        return
    again = (max(declined) + AGAIN_AFTER).astimezone(ZoneInfo(person.time_zone)).date()
    words = _("This group had no place for you when you asked. You can ask again from %(day)s on.")
    raise DomainError("asked_lately", words % {"day": day_in_words(again, this_year=now.year)})


def _for_host(request: JoinRequest, host: User, *, accepts: str, now: datetime) -> Membership:
    """Bring the request up to date under its group's lock, for a host to answer; return the asker's membership.

    It may be a new one. `accepts`: an end that may be said again.
    """
    request.group = group = lock_group(request.group)
    became = JoinRequest.objects.filter(pk=request.pk).values("status")  # all else of it stays as it was said
    both: Any = Membership.objects.filter(group=group, person__in=[host.pk, request.person_id])
    there = {membership.person_id: membership for membership in both.annotate(became=Subquery(became))}
    if host.pk not in there or not there[host.pk].is_hosting:
        raise NotPermitted("not_a_host", _("Only hosts answer requests."))
    request.status = there[host.pk].became
    is_over = request.status == Status.OPEN and (request.expires_at <= now or not group.is_open)
    if is_over or request.status not in {Status.OPEN, accepts}:
        raise DomainError("answered", _("This request has ended already."))
    return there.get(request.person_id) or Membership(group=group, person=request.person)


def _end(requests: Iterable[JoinRequest], status: str, *, by: User | None = None, now: datetime) -> None:
    """Close what is open, and tell who asked, once."""
    notify_all(_close(requests, status, by=by, now=now), now=now)


def _close(requests: Iterable[JoinRequest], status: str, *, by: User | None = None, now: datetime) -> list[Message]:
    """Close what is open; return what tells who asked."""
    open_now = [request for request in requests if request.status == Status.OPEN]
    for request in open_now:
        request.status, request.closed_at, request.closed_by = status, now, by
    JoinRequest.objects.bulk_update(open_now, ["status", "closed_at", "closed_by"])
    kind = f"join_{status}"
    return [
        Message(request.person_id, kind, str(request.uuid), f"{kind}:{request.uuid}", expires_at=now + VALID_FOR)
        for request in open_now
    ]


def _words_to(hosts: Iterable[int], group: Group, made: JoinRequest, now: datetime) -> list[Message]:
    """Tell hosts once a day at most of one who asks, takes it back, and asks again."""
    return [
        Message(
            person_id=host,
            kind="join_asked",
            about_id=str(group.uuid),
            occurrence=str(made.person.uuid),
            dedupe_key=f"join_asked:{group.uuid}:{made.person.uuid}:{host}:{now:%Y-%m-%d}",
            expires_at=made.expires_at,
        )
        for host in hosts
    ]
