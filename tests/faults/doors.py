"""The doors through which somebody comes to an event, each ready to be opened at one moment."""

from collections.abc import Callable
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from groups.models import Event, Rsvp
from groups.services.answer_links import make_link
from groups.services.answers import host_adds
from tests.faults.parallel import Act
from tests.groups.kit import GOING, MAYBE

BACKEND = "django.contrib.auth.backends.ModelBackend"

type Door = Callable[[Event], Act]


def signed_in(person: User) -> APIClient:
    client = APIClient()
    client.force_login(person, backend=BACKEND)
    return client


def by_page(person: User, **more: object) -> Door:
    client = Client()
    client.force_login(person, backend=BACKEND)

    def door(event: Event) -> Act:
        address = reverse("groups:rsvp", args=[event.group.slug, event.uuid])
        return lambda: client.post(address, {"answer": GOING, **more}).status_code

    return door


def by_page_with_a_guest(person: User) -> Door:
    return by_page(person, guests=1)


def by_api(person: User, **more: object) -> Door:
    client = APIClient()
    client.force_authenticate(person)
    return lambda event: lambda: client.put(f"/api/v1/events/{event.uuid}/rsvp/", {"answer": GOING, **more}).status_code


def by_api_with_two_guests(person: User) -> Door:
    return by_api(person, guests=2)


def from_maybe(person: User) -> Door:
    door = by_page(person)

    def after_maybe(event: Event) -> Act:
        Rsvp.objects.create(event=event, person=person, status=MAYBE)
        return door(event)

    return after_maybe


def by_mail(person: User) -> Door:
    """The link in a mail, without signing in."""

    def door(event: Event) -> Act:
        address = make_link(event=event, person=person, message=uuid4(), now=clock.now()).partition("//")[2]
        path = "/" + address.partition("/")[2]
        own = f"10.0.{person.pk // 250 % 250}.{person.pk % 250}"  # one address may answer thirty times a minute
        return lambda: Client(REMOTE_ADDR=own).post(path, {"answer": GOING}).status_code

    return door


def by_host(person: User) -> Door:
    """The owner of the group puts somebody down."""
    return lambda event: (
        lambda: host_adds(event=event, host=event.group.owner, person=person.uuid, now=clock.now()) and None
    )
