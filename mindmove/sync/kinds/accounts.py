"""Me: my settings."""

from datetime import date

from accounts.api.serializers import MeSerializer
from accounts.models import User
from mindmove.sync.kind import Kind, Rows
from mindmove.sync.versions import is_set


def _me(person: User, _today: date) -> Rows:
    return User.objects.visible_to(person).filter(pk=person.pk)


ME = Kind("me", User, MeSerializer, rows=_me, made_from={"is_welcomed": is_set("welcomed_at")})
