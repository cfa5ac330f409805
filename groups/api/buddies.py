"""The API of buddies, and of somebody who notices."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User, UserQuerySet
from core import clock
from core.api import PresentedSerializer
from groups.api.bases import HIDDEN, REFUSED, MembersViewSet
from groups.company import Pair, asked_to_notice, noticer_of, pair_of, pairs_of, people_close_to, people_met, told_at
from groups.models import Buddies, BuddyWord, Noticer
from groups.services import buddies, noticers


class PersonField(serializers.UUIDField):
    """The address of one of those `among` whom the caller may ask; anybody else does not exist."""

    def __init__(self, *, among: Callable[[User], UserQuerySet], **kwargs: Any) -> None:
        self.among = among
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        address = super().to_internal_value(data)
        person = self.among(self.context["request"].user).filter(uuid=address).first()
        if person is None:
            raise serializers.ValidationError(_("There is nobody at this address whom you can ask."))
        return person


class CompanionSerializer(PresentedSerializer[User]):
    """Somebody whom I can ask, as members see them."""

    uuid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="*", read_only=True)


class BuddyDaySerializer(PresentedSerializer[Any]):
    """A day, and what each of the two said of it; null: nothing."""

    on = serializers.DateField(read_only=True)
    mine = serializers.ChoiceField(choices=BuddyWord.Word.choices, read_only=True, allow_null=True)
    theirs = serializers.ChoiceField(choices=BuddyWord.Word.choices, read_only=True, allow_null=True)


class BuddiesSerializer(PresentedSerializer[Pair]):
    """Two who keep each other company. `is_asked`: I was asked, and have not answered."""

    uuid = serializers.UUIDField(source="buddies.uuid", read_only=True)
    other = CompanionSerializer(read_only=True)
    agreed_at = serializers.DateTimeField(source="buddies.agreed_at", read_only=True, allow_null=True)
    is_asked = serializers.BooleanField(read_only=True)
    wants_company = serializers.BooleanField(read_only=True)
    today = BuddyDaySerializer(read_only=True)
    earlier = BuddyDaySerializer(many=True, read_only=True)


class NewBuddySerializer(PresentedSerializer[Any]):
    person = PersonField(among=people_met, help_text="Somebody I share a group with.")


class WordSerializer(PresentedSerializer[Any]):
    word = serializers.ChoiceField(choices=BuddyWord.Word.choices)


class NoticerSerializer(PresentedSerializer[Noticer]):
    """Whom I asked to notice. `told_at`: when they were last told of a silence."""

    uuid = serializers.UUIDField(read_only=True)
    friend = CompanionSerializer(read_only=True)
    after_days = serializers.IntegerField(read_only=True)
    words = serializers.CharField(read_only=True)
    agreed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    told_at = serializers.SerializerMethodField()

    def get_told_at(self, noticer: Noticer) -> datetime | None:
        return told_at(noticer)


class AskedOfMeSerializer(PresentedSerializer[Noticer]):
    """Somebody who asked me to notice. Their words reach me when it is time."""

    uuid = serializers.UUIDField(read_only=True)
    person = CompanionSerializer(read_only=True)
    after_days = serializers.IntegerField(read_only=True)
    agreed_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NoticingSerializer(PresentedSerializer[Any]):
    mine = NoticerSerializer(read_only=True, allow_null=True)
    asked_of_me = AskedOfMeSerializer(many=True, read_only=True)


class NewNoticerSerializer(PresentedSerializer[Any]):
    friend = PersonField(among=people_close_to, help_text="A buddy, or somebody I share a group with.")
    after_days = serializers.IntegerField(min_value=noticers.FEWEST_DAYS, max_value=noticers.MOST_DAYS)
    words = serializers.CharField(max_length=noticers.MAX_WORDS)


class BuddyViews(MembersViewSet):
    """My buddies, those who wait for my answer first."""

    serializer_class = BuddiesSerializer

    def get_queryset(self) -> Any:
        return Buddies.objects.visible_to(self.request.user).select_related("asked", "asked_by")

    @extend_schema(operation_id="buddies_list", responses=BuddiesSerializer(many=True))
    def list(self, request: Request) -> Response:
        return Response(BuddiesSerializer(pairs_of(self.person, now=clock.now()), many=True).data)  # type: ignore[arg-type]

    @extend_schema(operation_id="buddies_people_list", responses=CompanionSerializer(many=True))
    def people(self, request: Request) -> Response:
        """Whom I can ask: those I share a group with."""
        people: Any = people_met(self.person)
        return Response(CompanionSerializer(people, many=True).data)

    @extend_schema(
        operation_id="buddies_create", request=NewBuddySerializer, responses={201: BuddiesSerializer, **REFUSED}
    )
    def create(self, request: Request) -> Response:
        """Ask somebody. Asking who has asked me is agreeing."""
        other = self.clean(NewBuddySerializer)["person"]
        return self._shown(buddies.ask_buddy(person=self.person, other=other, now=clock.now()), status.HTTP_201_CREATED)

    @extend_schema(operation_id="buddies_destroy", responses={204: None, **HIDDEN})
    def destroy(self, request: Request, uuid: UUID) -> Response:
        """Say no, take it back or end it. All words are gone, and nobody is told."""
        buddies.end(buddies=self.get_object(), person=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="buddies_agree", request=None, responses={200: BuddiesSerializer, **REFUSED})
    def agree(self, request: Request, uuid: UUID) -> Response:
        """Say yes, as the one who was asked."""
        return self._shown(buddies.agree(buddies=self.get_object(), person=self.person, now=clock.now()))

    @extend_schema(
        operation_id="buddies_word_update", request=WordSerializer, responses={200: BuddiesSerializer, **REFUSED}
    )
    def word(self, request: Request, uuid: UUID) -> Response:
        """Say how today is. The last word of a day counts."""
        pair = self.get_object()
        buddies.say_word(buddies=pair, person=self.person, now=clock.now(), **self.clean(WordSerializer))
        return self._shown(pair)

    def _shown(self, made: Buddies, code: int = status.HTTP_200_OK) -> Response:
        return Response(BuddiesSerializer(pair_of(self.person, made, now=clock.now())).data, status=code)


class NoticerViews(MembersViewSet):
    """Somebody who notices: whom I asked, and who asked me."""

    serializer_class = NoticerSerializer

    def get_queryset(self) -> Any:
        return Noticer.objects.visible_to(self.request.user).select_related("friend", "person")

    @extend_schema(operation_id="noticers_retrieve", responses=NoticingSerializer)
    def overview(self, request: Request) -> Response:
        """Return whom I asked, and who asked me."""
        return self._both(noticer_of(self.person))

    @extend_schema(
        operation_id="noticers_create", request=NewNoticerSerializer, responses={201: NoticingSerializer, **REFUSED}
    )
    def create(self, request: Request) -> Response:
        """Ask a friend to say hello after a silence. It takes the place of what was agreed before."""
        values = self.clean(NewNoticerSerializer)
        made = noticers.ask_to_notice(person=self.person, now=clock.now(), **values)
        return self._both(made, status.HTTP_201_CREATED)

    @extend_schema(operation_id="noticers_destroy", responses={204: None, **HIDDEN})
    def destroy(self, request: Request, uuid: UUID) -> Response:
        """End it, as either of the two. Nobody is told."""
        noticers.end_noticing(noticer=self.get_object(), person=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="noticers_agree", request=None, responses={200: NoticingSerializer, **REFUSED})
    def agree(self, request: Request, uuid: UUID) -> Response:
        """Say yes, as the friend. There is nothing to watch."""
        noticers.agree_to_notice(noticer=self.get_object(), person=self.person, now=clock.now())
        return self._both(noticer_of(self.person))

    def _both(self, mine: Noticer | None, code: int = status.HTTP_200_OK) -> Response:
        shown = {"mine": mine, "asked_of_me": asked_to_notice(self.person)}
        return Response(NoticingSerializer(shown).data, status=code)
