"""People in the admin."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.kit.cast import Cast

CHANGE = "admin:accounts_user_change"


@pytest.fixture
def operator(cast: Cast) -> User:
    """Staff who may edit people, and no superuser."""
    cast.editor.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    return cast.editor


def page(client: Client, person: User) -> str:
    return client.get(reverse(CHANGE, args=[person.pk])).content.decode()


def test_lists_and_forms_open_for_a_superuser(as_person, cast: Cast) -> None:
    client = as_person(cast.superuser)

    for name in ("admin:index", "admin:accounts_user_changelist", "admin:accounts_user_add",
                 "admin:accounts_staffrole_changelist", "admin:accounts_staffrole_add"):  # fmt: skip
        assert client.get(reverse(name)).status_code == 200, name
    assert "staff roles" in client.get(reverse("admin:index")).content.decode().lower()


def test_how_a_person_lives_their_week_is_not_shown(as_person, cast: Cast) -> None:
    shown = page(as_person(cast.superuser), cast.member)

    for field in ("quiet_from", "quiet_until", "weekly_target_minutes", "weekly_message_budget"):
        assert field not in shown


def test_only_superusers_hand_out_rights(as_person, cast: Cast, operator: User) -> None:
    client = as_person(operator)
    data = {"email": "Member@People.example", "display_name": "M", "language": "en", "time_zone": "UTC",
            "is_active": "on", "is_staff": "on", "is_superuser": "on"}  # fmt: skip

    client.post(reverse(CHANGE, args=[cast.member.pk]), data)

    cast.member.refresh_from_db()
    assert cast.member.display_name == "M"
    assert cast.member.email == "member@people.example"
    assert not cast.member.is_staff
    assert not cast.member.is_superuser


def test_superusers_are_out_of_reach_of_others(as_person, cast: Cast, operator: User) -> None:
    answer = as_person(operator).get(reverse(CHANGE, args=[cast.superuser.pk]))

    assert answer.status_code == 302  # as for a person who never existed


def test_person_added_here_can_sign_in_with_the_address_in_lower_case(as_person, cast: Cast) -> None:
    data = {"email": "New.Host@People.example", "usable_password": "true",
            "password1": "four-quiet-words-here", "password2": "four-quiet-words-here"}  # fmt: skip

    as_person(cast.superuser).post(reverse("admin:accounts_user_add"), data)
    answer = Client().post(
        reverse("account_login"), {"login": "new.host@people.example", "password": "four-quiet-words-here"}
    )

    assert EmailAddress.objects.get(verified=True).email == "new.host@people.example"
    assert answer.status_code == 302


def test_taken_address_is_refused_on_the_field(as_person, cast: Cast) -> None:
    data = {"email": "MEMBER@people.example", "usable_password": "true",
            "password1": "four-quiet-words-here", "password2": "four-quiet-words-here"}  # fmt: skip

    answer = as_person(cast.superuser).post(reverse("admin:accounts_user_add"), data)

    assert answer.status_code == 200
    assert "email" in answer.context["adminform"].form.errors


def test_members_and_visitors_do_not_come_in(as_person, cast: Cast) -> None:
    assert as_person(cast.member).get("/admin/", follow=True).status_code == 403
    assert as_person(None).get("/admin/").status_code == 302


def test_admin_has_a_policy_of_its_own_and_other_pages_keep_the_strict_one(as_person, cast: Cast) -> None:
    client = as_person(cast.superuser)

    inside = client.get(reverse("admin:index"))["Content-Security-Policy"]
    outside = client.get(reverse("accounts:settings"))["Content-Security-Policy"]

    scripts = next(rule for rule in inside.split("; ") if rule.startswith("script-src "))
    assert "'unsafe-eval'" in scripts
    assert "'unsafe-inline'" not in scripts
    assert "unsafe" not in outside
