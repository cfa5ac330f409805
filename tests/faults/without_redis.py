"""Visits the site as it is deployed where Redis is away: `python -m tests.faults.without_redis [redis-cache]`.

Prints one JSON object: place → status. With `redis-cache`, the cache stands in Redis, as a control.
"""
# ruff: noqa: T201 - a process of its own: it answers on its output

import json
import os
import sys

import django
from django.conf import settings

PASSWORD = "a-long-and-quiet-morning"


def main() -> None:
    if "redis-cache" in sys.argv:
        backend = "django.core.cache.backends.redis.RedisCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": os.environ["REDIS_URL"]}}
    django.setup()
    print(json.dumps(visit()))


def visit() -> dict[str, int]:
    """Go the way of a member's day; return place → status."""
    from django.test import Client  # noqa: PLC0415 - after setup

    from accounts.models import User  # noqa: PLC0415
    from accounts.services.people import confirm_address  # noqa: PLC0415
    from groups.models import Event  # noqa: PLC0415

    member = User.objects.get(email="member@people.example")
    member.set_password(PASSWORD)  # by the hasher of this process
    member.save()
    confirm_address(person=member)
    event = Event.objects.get(title="Easy river loop")
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    found = {}
    for path, body in [
        ("/", None),
        ("/library/", None),
        ("/account/login/", {"login": member.email, "password": PASSWORD}),
        (f"{event.get_absolute_url()}rsvp/", {"answer": "going"}),
        (
            "/plans/log/",
            {"exercise_type": "walking", "minutes": 10, "intensity": "light", "uuid": "0" * 32},
        ),
        ("/api/v1/today/", None),
    ]:
        answer = client.get(path) if body is None else client.post(path, body)
        found[path.rsplit("/", 2)[-2] or "home"] = answer.status_code
    return found


if __name__ == "__main__":
    main()
