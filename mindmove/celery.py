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
    "deliver-notifications": {"task": "notifications.deliver", "schedule": 5.0, "options": {"expires": 30}},
    "publish-library-pages": {"task": "library.publish", "schedule": 60.0, "options": {"expires": 120}},
}
