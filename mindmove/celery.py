"""The Celery application and the one beat table. Beat ticks in UTC; the database decides what is due."""

import os

from celery import Celery

from mindmove import file_broker, liveness

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")

file_broker.install()

app = Celery("mindmove")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(liveness.WorkerLiveness)

app.conf.beat_schedule = {
    # `expires` keeps a backlog of ticks from piling up while no worker runs.
    "plan-reminders": {"task": "reminders.plan", "schedule": 15.0, "options": {"expires": 60}},
    "plan-what-comes-seldom": {"task": "reminders.plan_seldom", "schedule": 300.0, "options": {"expires": 600}},
    # A turn for each channel: what carries one being slow or away holds up no other. Every three seconds, so that
    # sending goes on within five when the database comes back.
    **{
        f"deliver-by-{channel}": {
            "task": "notifications.deliver",
            "args": [channel],
            "schedule": 3.0,
            "options": {"expires": 30},
        }
        for channel in ("email", "push", "inbox")
    },
    "count-unread": {"task": "notifications.count_unread", "schedule": 3600.0, "options": {"expires": 3600}},
    "forget-files-without-a-row": {"task": "groups.forget_files", "schedule": 3600.0, "options": {"expires": 3600}},
    "count-together": {"task": "groups.count_together", "schedule": 1800.0, "options": {"expires": 600}},
    "fill-kept-seats": {"task": "groups.fill_kept_seats", "schedule": 60.0, "options": {"expires": 120}},
    "erase-accounts": {"task": "accounts.erase", "schedule": 600.0, "options": {"expires": 600}},
    "forget-replies": {"task": "accounts.forget_replies", "schedule": 3600.0, "options": {"expires": 3600}},
    "forget-gone-logs": {"task": "plans.forget_gone", "schedule": 3600.0, "options": {"expires": 3600}},
    "forget-sessions": {"task": "accounts.forget_sessions", "schedule": 3600.0, "options": {"expires": 3600}},
    "forget-what-is-gone": {"task": "accounts.forget_what_is_gone", "schedule": 3600.0, "options": {"expires": 3600}},
    "publish-library-pages": {"task": "library.publish", "schedule": 60.0, "options": {"expires": 120}},
    "extend-series": {"task": "groups.extend_series", "schedule": 300.0, "options": {"expires": 600}},
    "review-series": {"task": "groups.review_series", "schedule": 3600.0, "options": {"expires": 3600}},
    "expire-requests": {"task": "groups.expire_requests", "schedule": 600.0, "options": {"expires": 600}},
    "check-greeters": {"task": "groups.check_greeters", "schedule": 300.0, "options": {"expires": 600}},
}
