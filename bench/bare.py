"""What `bench.api` is compared with: the same rows from a bare Django REST framework, as its tutorial has it.

A token, a cursor, model serializers, two joins, and one's own answers prefetched, so that a row is as long as ours;
before it the middleware of `django-admin startproject`. Anybody may see everything.
"""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework import authentication, exceptions, generics, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from accounts.models import User
from groups.models import Event, Group, Rsvp
from plans.models import SessionLog

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bench.bare.own_addresses",
]


def own_addresses(get_response: Any) -> Any:
    """Lead to the addresses of this module: both sides answer under the same settings."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return answer


class OneQuery(authentication.BaseAuthentication):
    """Like the framework's tokens: a key in a header, a person in one query."""

    def authenticate(self, request: Request) -> tuple[User, None]:
        try:
            return User.objects.get(uuid=request.headers.get("Authorization", "")), None
        except User.DoesNotExist as error:
            raise exceptions.AuthenticationFailed from error


class GroupName(serializers.ModelSerializer):
    class Meta:
        model = Group
        fields = ["uuid", "slug", "name"]


class Answer(serializers.ModelSerializer):
    class Meta:
        model = Rsvp
        fields = ["status", "place", "guests", "is_quiet", "is_first_time", "answered_at", "promoted_at"]


class Events(generics.ListAPIView):
    class Pages(CursorPagination):
        page_size, ordering = 20, ("starts_at", "pk")

    class EventSerializer(serializers.ModelSerializer):
        group = GroupName()
        greeter = serializers.CharField(source="greeter.display_name", default=None)
        seats_left = serializers.IntegerField()
        my_answers = Answer(many=True)
        distance = serializers.FloatField()

        class Meta:
            model = Event
            fields = [
                "uuid", "group", "title", "about_html", "starts_at", "ends_at", "time_zone", "place", "setting",
                "effort", "status", "capacity", "guests_allowed", "going_count", "seats_left", "how_it_goes",
                "where_to_stand", "pace", "toilets", "leaving_early", "company", "greeter", "my_answers", "latitude",
                "longitude", "distance", "is_newcomer_friendly", "series", "occurs_on", "is_changed_alone",
            ]  # fmt: skip

    serializer_class, pagination_class = EventSerializer, Pages
    authentication_classes, permission_classes = [OneQuery], [IsAuthenticated]
    renderer_classes, filter_backends = [JSONRenderer], []

    def get_queryset(self) -> Any:
        mine = Prefetch("rsvps", Rsvp.objects.filter(person=self.request.user), to_attr="my_answers")
        return Event.objects.select_related("group", "greeter").prefetch_related(mine)


class Logs(generics.CreateAPIView):
    class LogSerializer(serializers.ModelSerializer):
        class Meta:
            model = SessionLog
            fields = [
                "uuid", "enrollment", "session", "exercise_type", "minutes", "intensity", "is_floor", "title",
                "distance_m", "setting", "company", "started_at", "done_at", "time_zone", "local_on",
            ]  # fmt: skip

    serializer_class = LogSerializer
    authentication_classes, permission_classes = [OneQuery], [IsAuthenticated]
    renderer_classes = [JSONRenderer]

    def perform_create(self, serializer: Any) -> None:
        serializer.save(person=self.request.user)


urlpatterns = [path("events/", Events.as_view()), path("logs/", Logs.as_view())]
