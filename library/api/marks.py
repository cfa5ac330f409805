"""Bookmarks, and what one says one has read: each set and taken back by the page's kind and slug."""

from typing import cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import PresentedSerializer
from core.pagination import Pages
from core.permissions import Members
from library.models import Mark
from library.models.marks import MARKABLE
from library.queries import PageMarks, bookmarks_of, marks_on, page_seen_by
from library.services.marks import put_mark, take_mark

KINDS = list(MARKABLE)
PAGE = [OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=KINDS)]


class BookmarkSerializer(PresentedSerializer[Mark]):
    kind = serializers.ChoiceField(choices=KINDS, read_only=True)
    slug = serializers.CharField(source="page.slug", read_only=True)
    name = serializers.CharField(source="page.name", read_only=True)
    is_read = serializers.BooleanField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class PageMarksSerializer(serializers.Serializer[PageMarks]):
    kind = serializers.ChoiceField(choices=KINDS)
    slug = serializers.CharField()
    is_bookmark = serializers.BooleanField()
    is_read = serializers.BooleanField()


class Latest(Pages):
    ordering = ("-created_at", "-pk")


class BookmarksView(APIView):
    """My bookmarks, the latest first. Nobody else sees them."""

    permission_classes = [Members]
    pagination_class = Pages

    @extend_schema(tags=["library"], operation_id="bookmarks_list", responses=BookmarkSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Latest().respond(bookmarks_of(request.user), BookmarkSerializer, self)


class MarkView(APIView):
    """One mark on one page. PUT and DELETE may be repeated; both answer with the page's marks as they are now."""

    permission_classes = [Members]
    sense: Mark.Sense

    def answer(self, request: Request, kind: str, slug: str, *, is_on: bool) -> Response:
        person, page = cast("User", request.user), page_seen_by(request.user, kind, slug)
        if is_on:
            put_mark(person=person, page=page, sense=self.sense, now=clock.now())
        else:
            take_mark(person=person, page=page, sense=self.sense)
        return Response(PageMarksSerializer(marks_on(person, page)[slug]).data)


class BookmarkView(MarkView):
    sense = Mark.Sense.BOOKMARK

    @extend_schema(
        tags=["library"], operation_id="bookmarks_update", parameters=PAGE, request=None, responses=PageMarksSerializer
    )
    def put(self, request: Request, kind: str, slug: str) -> Response:
        return self.answer(request, kind, slug, is_on=True)

    @extend_schema(
        tags=["library"], operation_id="bookmarks_destroy", parameters=PAGE, responses={200: PageMarksSerializer}
    )
    def delete(self, request: Request, kind: str, slug: str) -> Response:
        return self.answer(request, kind, slug, is_on=False)


class ReadView(MarkView):
    sense = Mark.Sense.READ

    @extend_schema(
        tags=["library"], operation_id="read_update", parameters=PAGE, request=None, responses=PageMarksSerializer
    )
    def put(self, request: Request, kind: str, slug: str) -> Response:
        return self.answer(request, kind, slug, is_on=True)

    @extend_schema(tags=["library"], operation_id="read_destroy", parameters=PAGE, responses={200: PageMarksSerializer})
    def delete(self, request: Request, kind: str, slug: str) -> Response:
        return self.answer(request, kind, slug, is_on=False)
