"""Marks a page as for members: signed in and welcomed."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.models import User

type View = Callable[..., HttpResponse]


class MemberRequest(HttpRequest):
    """What a view behind `members_only` or `login_required` gets."""

    user: User


def members_only(view: View) -> View:
    """Require sign-in, and let `WelcomeMiddleware` lead newcomers through the welcome first."""
    guarded = login_required(view)
    guarded.members_only = True  # type: ignore[attr-defined]
    return guarded
