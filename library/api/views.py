"""The library for apps: public, read only, in the language of Accept-Language."""

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from core.api import ScopedViewSet
from core.permissions import Anyone
from core.visibility import VisibilityQuerySet
from library.api import serializers
from library.map import map_answer
from library.models import Citation, Domain, Mechanism, Need, Phase, RedFlag, SafetyText
from library.queries import help_seen_by, mechanism_seen_by, sources_seen_by
from library.search.finding import PAGE, hits, rank


class LibraryViewSet(ListModelMixin, ScopedViewSet):
    """A short public list, whole in one answer."""

    permission_classes = [Anyone]
    pagination_class = None
    lookup_field = "slug"


@extend_schema(tags=["library"])
class DomainViewSet(LibraryViewSet):
    """The five domains, with the slugs of their mechanisms."""

    serializer_class = serializers.DomainSerializer

    def get_queryset(self) -> VisibilityQuerySet[Domain]:
        return Domain.objects.visible_to(self.request.user).with_mechanisms(self.request.user)


@extend_schema(tags=["library"])
class PhaseViewSet(LibraryViewSet):
    """How soon: what tends to move in the short, middle and long run, with the slugs of the mechanisms."""

    serializer_class = serializers.PhaseSerializer

    def get_queryset(self) -> VisibilityQuerySet[Phase]:
        return Phase.objects.visible_to(self.request.user).with_mechanisms(self.request.user)


@extend_schema(tags=["library"])
class MechanismViewSet(RetrieveModelMixin, LibraryViewSet):
    """Mechanisms; one alone comes with its claims, sources and relations."""

    def get_queryset(self) -> VisibilityQuerySet[Mechanism]:
        return Mechanism.objects.visible_to(self.request.user).select_related("domain")

    def get_object(self) -> Mechanism:
        return mechanism_seen_by(self.request.user, self.kwargs["slug"])

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        one = self.action == "retrieve"
        return serializers.MechanismSerializer if one else serializers.MechanismLineSerializer


class MechanismMapView(APIView):
    """How the mechanisms strengthen one another, why, and how soon each may be felt."""

    permission_classes = [Anyone]

    @extend_schema(tags=["library"], responses=serializers.MapSerializer)
    def get(self, request: Request) -> Response:
        rows = Mechanism.objects.visible_to(request.user).with_relations(request.user)
        return Response(serializers.MapSerializer(map_answer(list(rows))).data)


@extend_schema(tags=["library"])
class NeedViewSet(RetrieveModelMixin, LibraryViewSet):
    """What weighs on people; one alone comes with its first ten minutes and red flags."""

    def get_queryset(self) -> VisibilityQuerySet[Need]:
        rows = Need.objects.visible_to(self.request.user)
        return rows.with_page(self.request.user) if self.action == "retrieve" else rows

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return serializers.NeedSerializer if self.action == "retrieve" else serializers.NeedLineSerializer

    def get_object(self) -> Need:
        need: Need = super().get_object()
        need.shown_red_flags = RedFlag.objects.visible_to(self.request.user).shown_with(need)  # type: ignore[attr-defined]
        return need


@extend_schema(tags=["library"])
class CitationViewSet(RetrieveModelMixin, LibraryViewSet):
    """Sources. Figures that nobody has checked are left out."""

    serializer_class = serializers.CitationSerializer
    lookup_field = "key"

    def get_queryset(self) -> VisibilityQuerySet[Citation]:
        query = self.request.query_params
        asked = {name: query[name] for name in ("kind", "tier", "mechanism") if name in query}
        return sources_seen_by(self.request.user, **asked if self.action == "list" else {})

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, enum=Citation.Kind.values),
            OpenApiParameter("tier", str, enum=Citation.Tier.values),
            OpenApiParameter("mechanism", str, description="Slug of a mechanism"),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


class HelpView(APIView):
    """Where to get help, for every region. Apps let the person pick theirs."""

    permission_classes = [Anyone]

    @extend_schema(tags=["library"], responses=serializers.HelpSerializer)
    def get(self, request: Request) -> Response:
        regions, international = help_seen_by(request.user)
        return Response(serializers.HelpSerializer({"regions": regions, "international": international}).data)


@extend_schema(tags=["library"])
class SafetyTextViewSet(LibraryViewSet):
    """Disclaimers, what to ask first, when to stop, and when exercise gets too much."""

    serializer_class = serializers.SafetyTextSerializer

    def get_queryset(self) -> VisibilityQuerySet[SafetyText]:
        return SafetyText.objects.visible_to(self.request.user)


class SearchView(APIView):
    """Search in the library and the plans, best first, in the language of the answer."""

    permission_classes = [Anyone]

    @extend_schema(
        tags=["library"], parameters=[serializers.SearchQuerySerializer], responses=serializers.SearchSerializer
    )
    def get(self, request: Request) -> Response:
        query = serializers.SearchQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        ranking = rank(query.validated_data["q"], language=get_language() or "en", viewer=request.user)
        pages = Paginator(ranking.documents, PAGE)
        start = (query.validated_data["page"] - 1) * PAGE
        answer = {
            "count": pages.count,
            "pages": pages.num_pages,
            "did_you_mean": ranking.suggestion,
            "get_help": reverse("library:get_help") if ranking.needs_care else "",
            "results": hits(ranking, ranking.documents[start : start + PAGE]),
        }
        return Response(serializers.SearchSerializer(answer).data)
