"""How hard it was, from the average heart rate and an age that is typed and not kept."""

from library.dose import EFFORTS


def effort_of(average_heart_rate: int | None, age: int | None) -> str:
    """Return light, moderate or vigorous; nothing without both numbers. The talk test has the last word."""
    if average_heart_rate is None or age is None:
        return ""
    reached: list[str] = [key for key, effort in EFFORTS.items() if average_heart_rate >= effort.zone(age)[0]]
    return reached[-1] if reached else str(next(iter(EFFORTS)))
