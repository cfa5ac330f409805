"""Composition root: settings, URL roots, the Celery app and its one beat table."""

from mindmove.celery import app as celery_app

__all__ = ["celery_app"]
