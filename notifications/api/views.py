"""The API of messages: the same services as the pages."""

from typing import Any, cast

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.services.profile import lock_person
from core import clock
from core.api import ProblemSerializer
from core.pagination import Pages
from core.permissions import Members
from core.preconditions import Conditional
from notifications import inbox, receipts
from notifications.api.serializers import (
    AnswerSerializer,
    ChangeSerializer,
    ChoiceSerializer,
    MessageSerializer,
    QuestionSerializer,
    ReceiptSerializer,
    SeenSerializer,
    UnreadSerializer,
)
from notifications.choices import choices_of, questions_for
from notifications.models import Notification
from notifications.services import pace, preferences
from notifications.services.inbox import mark_all_seen, mark_seen


class Mine(APIView):
    """What is the signed-in person's own."""

    permission_classes = [Members]

    @property
    def person(self) -> User:
        return cast("User", self.request.user)

    def rows(self, rows: Any) -> tuple[Pages, list[Any]]:
        pages = Pages()
        return pages, pages.paginate_queryset(rows, self.request, view=self) or []


class Messages(Mine):
    pagination_class = Pages

    @extend_schema(operation_id="messages_list", responses=MessageSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What I was told, newest first. Reading marks nothing as read."""
        now = clock.now()
        pages, rows = self.rows(Notification.objects.visible_to(self.person).in_inbox())
        entries = inbox.entries_of(rows, self.person, now=now)
        return pages.get_paginated_response(MessageSerializer(entries, many=True).data)  # type: ignore[arg-type]


class Unread(Conditional, Mine):
    tagged_acts = {"get", "head"}

    @extend_schema(operation_id="messages_unread_retrieve", responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        """How many wait, up to 100. Send the `ETag` back as `If-None-Match`: 304 says that nothing changed."""
        return Response({"unread": inbox.unread_count(self.person, clock.now())})


class Seen(Mine):
    @extend_schema(
        operation_id="messages_seen_create",
        request=SeenSerializer,
        responses={200: UnreadSerializer, 400: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Mark messages as read: these, or all that came up to an instant. Answers how many still wait."""
        form = SeenSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said, now = form.validated_data, clock.now()
        if "until" in said:
            mark_all_seen(person=self.person, until=said["until"], now=now)
        mark_seen(person=self.person, uuids=said.get("uuids", []), now=now)
        return Response({"unread": inbox.unread_count(self.person, now)})


class Receipts(Mine):
    held = False
    pagination_class = Pages

    @extend_schema(operation_id="messages_receipts_list", responses=ReceiptSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was sent to me, by which ways, and why it was for me."""
        pages, rows = self.rows(receipts.rows_of(self.person, held=self.held))
        found = [receipts.receipt_of(row, held=self.held) for row in rows]
        return pages.get_paginated_response(ReceiptSerializer(found, many=True).data)  # type: ignore[arg-type]


class Held(Receipts):
    held = True

    @extend_schema(operation_id="messages_held_list", responses=ReceiptSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What was held back, with its reason."""
        return super().get(request)


class Settings(Conditional, Mine):
    tagged_acts = {"get", "head", "patch"}
    matching_acts = {"patch"}

    def row(self, *, is_locked: bool = False) -> User:
        if is_locked:
            lock_person(self.person)  # what is chosen has a row each
        return self.person

    def current(self, row: User) -> Any:
        return ChoiceSerializer(choices_of(row), many=True).data  # type: ignore[arg-type]

    @extend_schema(operation_id="messages_settings_list", responses=ChoiceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Each kind of message: by which channels I want it, and how often."""
        return Response(self.current(self.person))

    @extend_schema(
        operation_id="messages_settings_partial_update",
        request=ChangeSerializer,
        responses={200: ChoiceSerializer(many=True), 400: ProblemSerializer},
    )
    def patch(self, request: Request) -> Response:
        """Change one kind; what is not named stays."""
        form = ChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        wanted = {switch["channel"]: switch["is_wanted"] for switch in said.get("switches", [])}
        with transaction.atomic():  # all of it or nothing, where one of the two is refused
            preferences.change(person=self.person, kind=said["kind"], wanted=wanted, now=clock.now())
            if "every" in said:
                pace.choose_pace(person=self.person, kind=said["kind"], every=int(said["every"]))
        return Response(self.current(self.person))


class PaceOfKind(Mine):
    @extend_schema(operation_id="messages_pace_list", responses=QuestionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The kinds of which I was lately asked whether fewer would be better, and have not said."""
        return Response(QuestionSerializer(questions_for(self.person, clock.now()), many=True).data)  # type: ignore[arg-type]

    @extend_schema(
        operation_id="messages_pace_create",
        request=AnswerSerializer,
        responses={200: ChoiceSerializer(many=True), 400: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Say whether fewer of a kind would be better."""
        form = AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        pace.answer(person=self.person, now=clock.now(), **form.validated_data)
        return Response(ChoiceSerializer(choices_of(self.person), many=True).data)  # type: ignore[arg-type]
