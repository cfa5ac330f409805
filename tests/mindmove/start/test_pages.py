"""Where do I start?, as a page."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from groups.models import Event, Group, Membership, Rsvp
from library.models import Need, RedFlag
from plans.models import Enrollment, PlanTemplate
from tests.groups.kit import make_event, make_members
from tests.kit.cast import make_group, make_person

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def group(cast, now):
    return cast.group


def answer(client, path="low-mood/"):
    return client.get(f"/library/start/{path}").context["answer"]


def rows(suggestions):
    return [suggestion.row for suggestion in suggestions]


@pytest.mark.parametrize("slug", ["low-mood", "loneliness", "poor-sleep"])
def test_a_need_gives_ten_minutes_with_reasons_and_what_comes_next(client: Client, slug: str) -> None:
    page = client.get(f"/zh-hans/library/start/{slug}/").text

    need = Need.objects.get(slug=slug)
    assert need.first_person_zh_hans in page
    assert need.action_title_zh_hans in page
    assert need.first_ten_minutes_zh_hans in page
    for link in [*need.type_links.all(), *need.mechanism_links.all()]:
        assert link.why_zh_hans in page
    assert f"plans/?need={slug}" in page


def test_red_flags_come_with_every_need_the_most_severe_first(client: Client) -> None:
    flags = list(RedFlag.objects.all().shown_with(Need.objects.get(slug="low-mood")))
    page = client.get("/library/start/low-mood/").text

    ranks = [RedFlag.Action.values.index(flag.action) for flag in flags]
    assert ranks == sorted(ranks)
    assert len(flags) == 6
    places = [page.index(flag.text_en) for flag in flags]
    assert places == sorted(places)
    assert "/library/get-help/" in page


@pytest.mark.parametrize("slug", ["low-mood", "anxiety"])
def test_when_it_is_severe_professional_care_comes_first(client: Client, slug: str) -> None:
    assert "professional treatment as the first step" in client.get(f"/library/start/{slug}/").text


def test_signs_for_everybody_stand_beside_the_questions(client: Client) -> None:
    page = client.get("/library/start/").text

    for flag in RedFlag.objects.filter(need=None):
        assert flag.text_en in page


def test_the_finder_leads_to_the_need_and_stores_nothing(client: Client) -> None:
    redirect = client.get("/library/start/?need=stress&minutes=5&company=together")

    assert redirect.status_code == 302
    assert redirect["Location"] == "/library/start/stress/?minutes=5&company=together"
    assert not redirect.cookies
    assert not client.get(redirect["Location"]).cookies


def test_a_missing_answer_is_said_beside_its_field(client: Client) -> None:
    page = client.get("/library/start/?minutes=20")

    assert page.status_code == 200
    assert "need" in page.context["form"].errors
    assert page.context["form"]["minutes"].value() == "20"


def test_the_same_answers_give_the_same_page(client: Client) -> None:
    def page() -> str:
        return re.sub(r'nonce="[^"]*"', "", client.get("/library/start/stress/?minutes=5&company=alone").text)

    assert page() == page()


@pytest.mark.parametrize("query", ["?minutes=banana&company=cats", "?minutes=-1", "?company="])
def test_an_address_changed_by_hand_still_leads_to_ten_minutes(client: Client, query: str) -> None:
    found = answer(client, f"low-mood/{query}")

    assert (found.wish.minutes, found.wish.company) == (10, "either")


def test_an_unknown_need_is_absent(client: Client) -> None:
    assert client.get("/library/start/nothing/").status_code == 404


@pytest.mark.parametrize("slug", ["low-mood", "poor-focus", "low-confidence", "loneliness"])
def test_every_need_has_one_to_three_plans_each_with_its_reason(client: Client, slug: str) -> None:
    found = answer(client, f"{slug}/")

    assert 1 <= len(found.plans) <= 3
    assert all(suggestion.why for suggestion in found.plans)


def test_company_comes_first_for_whoever_wants_it(client: Client) -> None:
    page = client.get("/library/start/loneliness/?company=together").text

    assert page.index('id="company"') < page.index('id="plans"')
    assert answer(client, "loneliness/?company=together").plans[0].row.slug == "group-belonging"


def test_a_greeted_easy_event_comes_before_a_sooner_hard_one(client, group, now) -> None:
    hard = make_event(group, now, title="Hill repeats", effort="hard", starts_at=now + timedelta(hours=20))
    greeted = make_event(group, now, greeter=make_person("greta"))

    suggestions = answer(client).events

    assert rows(suggestions) == [greeted, hard]
    assert suggestions[0].reasons == ["is-greeted", "is-easy"]


def test_a_greeter_is_not_named_to_visitors(client, group, now) -> None:
    make_event(group, now, greeter=make_person("greta", display_name="Greta Garden"))

    page = client.get("/library/start/low-mood/").text

    assert "Somebody looks out for newcomers." in page
    assert "Greta Garden" not in page


def test_full_past_cancelled_private_and_closed_events_are_not_suggested(client, group, now) -> None:
    full = make_event(group, now, title="Full", capacity=1)
    Event.objects.filter(pk=full.pk).update(going_count=1)
    make_event(group, now, title="Over", starts_at=now - timedelta(days=1), ends_at=now - timedelta(hours=23))
    make_event(group, now, title="Off", status=Event.Status.CANCELLED)
    make_event(make_group(slug="p", name="P", visibility=Group.Visibility.PRIVATE), now)
    make_event(make_group(slug="u", name="U", visibility=Group.Visibility.UNLISTED), now)
    make_event(make_group(slug="r", name="R", join_policy=Group.JoinPolicy.REQUEST), now)

    assert answer(client).events == []


def test_without_an_event_open_groups_are_suggested(client, group) -> None:
    assert group in rows(answer(client).groups)
    assert rows(answer(client, "low-mood/?company=alone").groups) == []


def test_a_member_is_not_sent_where_they_are_going_already(cast, as_person, group, now) -> None:
    going, open_ = make_event(group, now), make_event(group, now)
    Rsvp.objects.create(event=going, person=cast.member, status=Rsvp.Status.GOING)

    suggestions = answer(as_person(cast.member)).events

    assert rows(suggestions) == [open_]
    assert suggestions[0].reasons[0] == "you-belong"


def test_somebody_banned_sees_nothing_of_the_group(as_person, group, now) -> None:
    (banned,) = make_members(group, 1, prefix="banned-walker")
    make_event(group, now)
    Membership.objects.filter(person=banned).update(banned_at=now)

    found = answer(as_person(banned))

    assert (found.events, found.groups) == ([], [])


def test_a_plan_that_is_followed_is_said_and_not_suggested(cast, as_person, now) -> None:
    plan = PlanTemplate.objects.get(slug="ten-minute-walk")
    Enrollment.objects.create(person=cast.member, template=plan, starts_on=now.date(), when_text="a", then_text="b")

    found = answer(as_person(cast.member))

    assert found.already_following == [plan]
    assert plan not in rows(found.plans)
    assert plan in rows(answer(as_person(cast.stranger)).plans)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_events_and_plans(
    cast, as_person, group, now, django_assert_num_queries, count
) -> None:
    for _number in range(count):
        make_event(group, now, greeter=cast.host)
    for slug in ["ten-minute-walk", "sleep-better", "calm-mind"][:count]:
        plan = PlanTemplate.objects.get(slug=slug)
        Enrollment.objects.create(person=cast.member, template=plan, starts_on=now.date(), when_text="a", then_text="b")
    client = as_person(cast.member)

    with django_assert_num_queries(13):
        client.get("/library/start/low-mood/")


def test_what_is_answered_already_takes_nobodys_place(cast, now, as_person) -> None:
    events = [make_event(cast.group, now, starts_at=now + timedelta(hours=n + 2),
                         ends_at=now + timedelta(hours=n + 3)) for n in range(61)]  # fmt: skip
    Rsvp.objects.bulk_create(Rsvp(event=event, person=cast.member, status="going") for event in events)
    control = rows(answer(as_person(cast.host)).events)
    assert control
    assert set(control) <= set(events)
    late = make_event(cast.group, now, starts_at=now + timedelta(days=4), ends_at=now + timedelta(days=4, hours=1))

    assert rows(answer(as_person(cast.member)).events) == [late]
