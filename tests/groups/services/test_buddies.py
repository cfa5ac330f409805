"""Two people, one word a day: asked by somebody of a common group, ended by either, hidden by a block."""

import pytest
from django.http import Http404

from accounts.models import Block, User
from accounts.services.blocks import block
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.company import pairs_of
from groups.models import Buddies, BuddyWord, Membership
from groups.services.buddies import agree, ask_buddy, end, forget_parted, say_word
from notifications.models import Notification
from tests.groups.together_kit import at
from tests.kit.cast import Cast


@pytest.fixture
def pair(cast: Cast) -> Buddies:
    asked = ask_buddy(person=cast.host, other=cast.member, now=at(0))
    return agree(buddies=asked, person=cast.member, now=at(0))


def test_only_somebody_of_a_common_group_is_asked(cast: Cast) -> None:
    for other in [cast.stranger, cast.banned, cast.blocked, cast.member]:
        with pytest.raises(InvalidInput, match="not_met"):
            ask_buddy(person=cast.member, other=other, now=at(0))
    assert not Buddies.objects.exists()


def test_whoever_only_looks_is_not_asked(cast: Cast) -> None:
    Membership.objects.filter(person=cast.member).update(is_looking=True)

    with pytest.raises(InvalidInput):
        ask_buddy(person=cast.host, other=cast.member, now=at(0))


def test_asking_twice_is_asking_once_and_asking_back_is_agreeing(cast: Cast) -> None:
    first = ask_buddy(person=cast.host, other=cast.member, now=at(0))
    again = ask_buddy(person=cast.host, other=cast.member, now=at(1))
    back = ask_buddy(person=cast.member, other=cast.host, now=at(2))

    assert first.pk == again.pk == back.pk
    assert back.agreed_at == at(2)
    assert Notification.objects.filter(kind="buddy_asked", person=cast.member).count() == 1


def test_asking_again_after_a_no_sends_nothing_within_the_month(cast: Cast) -> None:
    for day in range(3):
        pair = ask_buddy(person=cast.host, other=cast.member, now=at(day))
        end(buddies=pair, person=cast.member)

    assert Notification.objects.filter(kind="buddy_asked").count() == 1


def test_the_asked_one_agrees_and_nobody_else(cast: Cast) -> None:
    pair = ask_buddy(person=cast.host, other=cast.member, now=at(0))

    with pytest.raises(NotPermitted):
        agree(buddies=pair, person=cast.host, now=at(0))
    with pytest.raises(DomainError, match="not_agreed"):
        say_word(buddies=pair, person=cast.host, word="done", now=at(0))


def test_the_last_word_of_a_day_counts(cast: Cast, pair: Buddies) -> None:
    say_word(buddies=pair, person=cast.host, word="not_today", now=at(0, 9))
    say_word(buddies=pair, person=cast.host, word="done", now=at(0, 20))

    assert [word.word for word in BuddyWord.objects.all()] == ["done"]
    (seen,) = pairs_of(cast.member, now=at(0, 21))
    assert (seen.today.theirs, seen.today.mine, seen.other) == (BuddyWord.Word.DONE, None, cast.host)


def test_wanting_company_is_told_once_a_day(cast: Cast, pair: Buddies) -> None:
    for hour in (9, 10, 11):
        say_word(buddies=pair, person=cast.host, word="company", now=at(0, hour))
    say_word(buddies=pair, person=cast.host, word="company", now=at(1, 9))

    told = Notification.objects.filter(kind="buddy_company")
    assert [row.person_id for row in told] == [cast.member.pk] * 2
    assert {row.expires_at for row in told} == {at(1, 0), at(2, 0)}


@pytest.mark.parametrize("who", ["host", "member"])
def test_either_ends_it_and_its_words_are_gone(cast: Cast, pair: Buddies, who: str) -> None:
    say_word(buddies=pair, person=cast.host, word="done", now=at(0))

    end(buddies=pair, person=cast.people[who])

    assert not Buddies.objects.exists()
    assert not BuddyWord.objects.exists()


def test_a_block_hides_it_at_once_and_removes_it_by_night(cast: Cast, pair: Buddies) -> None:
    block(person=cast.member, other=cast.host)
    for person in (cast.member, cast.host):
        assert not Buddies.objects.visible_to(User.objects.get(pk=person.pk)).exists()

    forget_parted()

    assert not Buddies.objects.exists()


def test_nothing_else_is_removed_by_night(pair: Buddies) -> None:
    assert Block.objects.exists()

    forget_parted()

    assert Buddies.objects.get() == pair


def test_pairs_take_a_fixed_number_of_queries(cast: Cast, pair: Buddies, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        pairs_of(cast.member, now=at(0))
    ask_buddy(person=cast.owner, other=cast.member, now=at(0))
    with django_assert_num_queries(2):
        assert len(pairs_of(cast.member, now=at(0))) == 2


def test_what_the_other_one_ends_meanwhile_is_not_there(pair: Buddies, cast: Cast) -> None:
    asked = ask_buddy(person=cast.host, other=cast.owner, now=at(0))
    Buddies.objects.all().delete()

    with pytest.raises(Http404):
        agree(buddies=asked, person=cast.owner, now=at(1))
    with pytest.raises(Http404):
        say_word(buddies=pair, person=cast.member, word=BuddyWord.Word.values[0], now=at(1))
