"""How often somebody may knock at a door that needs no sign-in. Counted beside the tries at sign-in (decision 0004)."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_too_fast(request: HttpRequest, *, act: str, rate: str, key: str = "", counts_reading: bool = False) -> bool:
    """Whether more requests came than `rate` allows: `20/m/ip`, or `20/m/key` for each `key`.

    Reading is counted only where it is asked for.
    """
    return not ratelimit.consume(
        request, app="mindmove", action=act, config={act: rate}, key=key, limit_get=counts_reading
    )
