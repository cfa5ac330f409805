"""The library in the admin: every text in a tab of its language, publication through the gate."""

from library.admin import evidence, exercise, mechanisms, safety

__all__ = ["evidence", "exercise", "mechanisms", "safety"]
