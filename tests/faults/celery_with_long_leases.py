"""For a control, a worker whose leases outlast it by hours: `python -m tests.faults.celery_with_long_leases …`."""
# ruff: noqa: PLC0415 - a process of its own: it sets Django up itself

import sys
from datetime import timedelta

import django

from mindmove.celery import app


def main() -> None:
    django.setup()
    from notifications.services import delivery

    delivery.deliver_due.__kwdefaults__["lease"] = timedelta(hours=5)
    app.start(sys.argv[1:])


if __name__ == "__main__":
    main()
