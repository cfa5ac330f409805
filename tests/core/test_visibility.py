"""Rows reach a page or an answer only through `visible_to(viewer)`."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404
from django.template import engines

from core.api import PresentedSerializer, ScopedViewSet
from core.visibility import Unscoped, VisibilityQuerySet, get_visible, presenting
from groups.models import Group, Membership
from tests.kit.cast import Cast, make_group

PAGE = "{% for group in groups %}{{ group.name }}{% endfor %}"


def rendered(groups: object) -> str:
    engine = engines.all()[0]
    with presenting():
        return engine.from_string(PAGE).render({"groups": groups})


@pytest.mark.parametrize(
    "use",
    [list, len, bool, VisibilityQuerySet.count, VisibilityQuerySet.exists, lambda rows: list(rows.iterator())],
    ids=["iterate", "len", "bool", "count", "exists", "iterator"],
)
def test_unscoped_rows_cannot_be_shown(cast: Cast, use: object) -> None:
    with presenting(), pytest.raises(Unscoped):
        use(Group.objects.all())


def test_control_the_same_rows_are_fine_when_nothing_is_shown(cast: Cast) -> None:
    assert len(Group.objects.all()) == 1


def test_scoped_rows_can_be_shown_also_after_further_filters(cast: Cast) -> None:
    groups = Group.objects.visible_to(cast.stranger).filter(kind=Group.Kind.RUNNING).order_by("name")[:5]
    assert rendered(groups) == "Morning Mosses"


def test_rows_read_before_and_shown_later_are_still_refused(cast: Cast) -> None:
    groups = Group.objects.all()
    list(groups)
    with pytest.raises(Unscoped):
        rendered(groups)


def test_related_rows_are_refused_unless_they_were_brought_scoped(cast: Cast) -> None:
    group = Group.objects.visible_to(cast.member).get()
    with presenting(), pytest.raises(Unscoped):
        list(group.memberships.all())
    mine = Membership.objects.visible_to(cast.member)
    group = Group.objects.visible_to(cast.member).prefetch_related(Prefetch("memberships", mine, to_attr="shown")).get()
    with presenting():
        assert cast.member in [membership.person for membership in group.shown]


def test_hidden_and_absent_are_the_same_404(cast: Cast) -> None:
    hidden = make_group(slug="hidden", visibility=Group.Visibility.PRIVATE)
    for slug in [hidden.slug, "never-existed"]:
        with pytest.raises(Http404) as error:
            get_visible(Group.objects.all(), cast.stranger, slug=slug)
        assert str(error.value) == ""


def test_an_api_view_cannot_list_unscoped_rows(cast: Cast) -> None:
    with pytest.raises(Unscoped):
        ScopedViewSet().filter_queryset(Group.objects.all())


def test_a_serializer_cannot_reach_unscoped_related_rows(cast: Cast) -> None:
    class GroupSerializer(PresentedSerializer[Group]):
        def to_representation(self, instance: Group) -> dict[str, object]:
            with presenting():
                return {"people": instance.memberships.count()}

    with pytest.raises(Unscoped):
        _ = GroupSerializer(cast.group).data


def test_nobody_sees_personal_rows_without_being_somebody(cast: Cast) -> None:
    assert list(Membership.objects.visible_to(AnonymousUser())) == []
