"""One log with all that is shown of it, brought in one query."""

from django.db.models import OuterRef

from accounts.models import User
from core.gathered import gathered, made, read
from core.visibility import get_still
from plans.models import MoodRating, Reflection, SessionLog

OF_MOOD, OF_WORDS = ["id", "log_id", "moment", "value"], ["id", "log_id", "mastery", "pleasure", "note"]
PARTS = {"shown_moods": (MoodRating, OF_MOOD), "shown_reflection": (Reflection, OF_WORDS)}


def bring_details(log: SessionLog, person: User) -> SessionLog:
    """Bring the kind, the step, what was followed, and how it felt; raise 404 where the log went.

    It stays so for who holds the log's lock, without which none of it is written.
    """
    moods = MoodRating.objects.visible_to(person).filter(log=OuterRef("pk")).in_order()
    words = Reflection.objects.visible_to(person).filter(log=OuterRef("pk"))
    of_log = {"shown_moods": gathered(moods, *OF_MOOD), "shown_reflection": gathered(words.order_by(), *OF_WORDS)}
    own = SessionLog.objects.visible_to(person).select_related("exercise_type", "enrollment", "session")
    brought = get_still(own.annotate(**of_log), log)
    for name, (model, columns) in PARTS.items():
        setattr(log, name, [made(model, columns, values) for values in read(getattr(brought, name))])
    log.exercise_type, log.enrollment, log.session = brought.exercise_type, brought.enrollment, brought.session
    return log
