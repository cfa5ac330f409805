"""The API of access tokens. No token manages tokens: these doors want the session of an app or a browser."""

from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.asking import asker_of
from accounts.fresh import require_fresh
from accounts.models import AccessToken, User
from accounts.queries import tokens_of
from accounts.services.tokens import DAYS, MOST_DAYS, create_token, revoke_token, revoke_tokens
from core import clock
from core.api import PresentedSerializer, ProblemSerializer
from core.pagination import Pages
from core.permissions import Members
from core.visibility import get_visible


class TokenSerializer(PresentedSerializer[AccessToken]):
    """A token of mine. The secret itself is told once, when it is made."""

    uuid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(AccessToken.Kind.choices, read_only=True)
    scope = serializers.ChoiceField(AccessToken.Scope.choices, read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="To the hour.")


class NewTokenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60, help_text="What I know it by, such as the device.")
    kind = serializers.ChoiceField(AccessToken.Kind.choices, default=AccessToken.Kind.APP)
    scope = serializers.ChoiceField(AccessToken.Scope.choices, default=AccessToken.Scope.READ)
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=DAYS, help_text="How long it lasts.")


class MadeTokenSerializer(TokenSerializer):
    secret = serializers.CharField(read_only=True, help_text="Goes into `Authorization: Bearer …`. Told this once.")


class Tokens(APIView):
    """The tokens that I gave to apps and scripts."""

    permission_classes = [Members]
    pagination_class = Pages
    is_closed_to_tokens = True

    @extend_schema(operation_id="tokens_list", responses=TokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Those that are good still."""
        return Pages().respond(tokens_of(request.user, now=clock.now()), TokenSerializer, self)

    @extend_schema(
        operation_id="tokens_create",
        request=NewTokenSerializer,
        responses={201: MadeTokenSerializer, 400: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make a token. Wants the password again within minutes, at `/_allauth/app/v1/auth/reauthenticate`."""
        form = NewTokenSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        person = cast("User", request.user)
        require_fresh(person, asker_of(request._request).session or request.session)  # noqa: SLF001
        made, secret = create_token(person=person, now=clock.now(), **form.validated_data)
        body = {**TokenSerializer(made).data, "secret": secret}
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="tokens_destroy_all", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take all of them back."""
        revoke_tokens(person=cast("User", request.user), now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class OneToken(APIView):
    permission_classes = [Members]
    is_closed_to_tokens = True

    @extend_schema(operation_id="tokens_destroy", responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Take it back. It opens nothing from then on."""
        token = get_visible(AccessToken.objects.all(), request.user, uuid=uuid)
        revoke_token(token=token, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
