"""The compose file names only commands that the operating guide documents, and no secret."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tests.mindmove.production import COMPLETE, run

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {"migrate", "web", "worker", "beat", "standby"}
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<how>:[-?][^}]*)?\}")


def plain(command: str) -> str:
    """Return the command with the default of each variable in its place."""
    return VARIABLE.sub(lambda found: (found["how"] or ":-")[2:], command)


def test_services() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis"}


@pytest.mark.parametrize("name", sorted(name for name, service in SERVICES.items() if "command" in service))
def test_command_is_documented(name: str) -> None:
    assert plain(SERVICES[name]["command"]) in (ROOT / "docs" / "operating.md").read_text()


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(OURS))
def test_ours_share_one_image_without_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["image"] == "${MINDMOVE_IMAGE:-mindmove:latest}"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "USER 10001" in (ROOT / "Dockerfile").read_text().splitlines()


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_migration_has_ended(name: str) -> None:
    waits = {other: how["condition"] for other, how in SERVICES[name]["depends_on"].items()}
    assert waits == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_every_variable_is_in_the_example_and_secrets_have_no_default() -> None:
    example = dict(
        line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if re.match(r"[A-Z_]+=", line)
    )
    used = {found["name"]: found["how"] or "" for found in VARIABLE.finditer(TEXT)}

    assert set(used) == set(example)
    required = {name for name, how in used.items() if how.startswith(":?")}
    assert required == {"SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "SITE_ORIGIN"}
    assert all(example[name] == "" for name in required)
    assert {name: how[2:] for name, how in used.items() if name not in required} == {
        name: value for name, value in example.items() if name not in required
    }


def test_production_starts_with_what_compose_gives() -> None:
    given = {name: plain(str(value)) for name, value in SERVICES["web"]["environment"].items()}
    given = {name: value for name, value in given.items() if name not in COMPLETE}
    required = {name for name in COMPLETE if name != "DJANGO_SETTINGS_MODULE"}

    assert required <= set(SERVICES["web"]["environment"])
    assert run("-c", "from django.conf import settings; settings.DEBUG", **given).returncode == 0


def test_web_command_has_a_sound_configuration() -> None:
    module = shlex.split(SERVICES["web"]["command"])[0]

    checked = run("-m", module, "--check-config")

    assert checked.returncode == 0, checked.stderr


def test_beat_scheduler_exists() -> None:
    arguments = shlex.split(plain(SERVICES["beat"]["command"]))
    module, name = arguments[arguments.index("--scheduler") + 1].split(":")

    assert run("-c", f"from {module} import {name}").returncode == 0
    assert set(SERVICES["beat"]["healthcheck"]["test"]) == set(SERVICES["worker"]["healthcheck"]["test"])
    assert SERVICES["beat"]["environment"]["LIVENESS_FILE"] in SERVICES["beat"]["healthcheck"]["test"][1]


def test_static_files_are_complete(tmp_path: Path) -> None:
    """The manifest refuses a style sheet that names a file which does not exist."""
    collected = run("manage.py", "collectstatic", "--noinput", VAR_DIR=str(tmp_path))

    assert collected.returncode == 0, collected.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
