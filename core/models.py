"""Abstract bases. `core` has no tables of its own."""

import uuid

from django.db import models

from core import clock


class Addressed(models.Model):
    """A row with a public address (UUID) and a birth time."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
