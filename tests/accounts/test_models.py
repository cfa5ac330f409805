"""The doorway to people."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import Block, User
from tests.kit.cast import Cast


def test_people_see_active_people_and_themselves(cast: Cast) -> None:
    User.objects.filter(pk=cast.applicant.pk).update(is_active=False)

    seen = set(User.objects.visible_to(cast.stranger))

    assert cast.stranger in seen
    assert cast.applicant not in seen
    assert cast.host in seen


def test_block_hides_both_ways_and_nobody_from_themselves(cast: Cast) -> None:
    assert cast.blocked not in User.objects.visible_to(cast.member)
    assert cast.member not in User.objects.visible_to(cast.blocked)
    assert cast.member in User.objects.visible_to(cast.member)
    assert cast.member in User.objects.visible_to(cast.stranger)


def test_visitors_see_nobody(cast: Cast) -> None:
    assert not User.objects.visible_to(AnonymousUser()).exists()


def test_the_doorway_stays_scoped_through_chaining(cast: Cast) -> None:
    assert User.objects.visible_to(cast.member).filter(is_active=True).order_by("pk").is_scoped


def test_blocks_are_seen_by_who_made_them(cast: Cast) -> None:
    assert Block.objects.visible_to(cast.member).count() == 1
    assert Block.objects.visible_to(cast.blocked).count() == 0


def test_address_is_found_however_it_is_typed(cast: Cast) -> None:
    assert User.objects.get_by_natural_key("Member@People.EXAMPLE ") == cast.member
