"""Production starts only when everything it needs is said, and then without a warning."""

import pytest

from notifications.push.vapid import new_private_key
from tests.mindmove.production import COMPLETE, run

REQUIRED = sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"})
IMPORT_SETTINGS = "from django.conf import settings; settings.DEBUG"


def test_complete_environment_starts_without_a_warning() -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAPID_PRIVATE_KEY=new_private_key())

    assert checked.returncode == 0, checked.stderr
    assert "identified no issues" in checked.stdout
    silenced = run("-c", "from django.conf import settings; print(*settings.SILENCED_SYSTEM_CHECKS)").stdout.split()
    assert silenced == ["fields.E323", "models.E050"]  # for which `core.deletion` checks; none is of a deployment


@pytest.mark.parametrize("name", REQUIRED)
def test_refuses_to_start_without(name: str) -> None:
    started = run("-c", IMPORT_SETTINGS, **{name: None})

    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert f"Set {name}" in started.stderr


@pytest.mark.parametrize("key", ["", "short", "a" * 80, "development-only-and-refused-in-production" * 2])
def test_refuses_a_weak_or_known_secret(key: str) -> None:
    started = run("-c", IMPORT_SETTINGS, SECRET_KEY=key)

    assert started.returncode != 0
    assert "at least 50 random characters" in started.stderr


def test_postgresql_gets_a_pool_checks_and_time_limits() -> None:
    shown = run("-c", "from django.conf import settings; print(settings.DATABASES['default'])", DATABASE_POOL="3")

    assert "'max_size': 3" in shown.stdout, shown.stderr
    assert "'CONN_HEALTH_CHECKS': True" in shown.stdout
    assert "-c statement_timeout=20000 -c lock_timeout=10000" in shown.stdout


def test_worker_processes_may_do_without_a_pool() -> None:
    shown = run("-c", "from django.conf import settings; print(settings.DATABASES['default'])", DATABASE_POOL="0")

    assert "'pool'" not in shown.stdout
    assert "statement_timeout" in shown.stdout, shown.stderr


def test_oldest_versions_of_apps_are_said_by_name() -> None:
    show = "from django.conf import settings; print(settings.API_APP_MINIMUMS)"
    assert run("-c", show).stdout.strip() == "{}"
    shown = run("-c", show, API_APP_MINIMUMS="mindmove-phone=1.4.0, walks=2.0.1")
    assert shown.stdout.strip() == "{'mindmove-phone': (1, 4), 'walks': (2, 0, 1)}", shown.stderr
    refused = run("-c", show, API_APP_MINIMUMS="mindmove-phone>=1.4")
    assert "ImproperlyConfigured: API_APP_MINIMUMS is name=version" in refused.stderr
