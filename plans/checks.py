"""What `manage.py check` says of the operator's settings."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's name

from plans.scales.switched_on import faults


@register("plans")
def check_in_scales(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Name each scale that is wanted and stays off, and why."""
    hint = "The scale stays off until this is mended; docs/operating.md has the shape of the file."
    return [Warning(f"Check-ins: {fault}", hint=hint, id="plans.W001") for fault in faults()]
