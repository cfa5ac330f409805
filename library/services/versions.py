"""Bringing back an earlier version of an article, as a new one."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from library.models import Mechanism, Publication, Revision
from library.services.content.changes import record, rows_of
from library.services.content.files import ContentError
from library.services.content.loading import restore_content
from library.services.gate import pass_gate
from library.services.search_index import reindex


@transaction.atomic
def restore(*, revision: Revision, by: User) -> None:
    """Give the article the words, sources and parts it had then; where it stands on its way stays as it is.

    Raises DomainError when the version refers to what is gone, or would not pass the gate of a public page.
    """
    try:
        with translation.override(settings.LANGUAGE_CODE):
            article = restore_content(revision.kind, revision.key, revision.content)
    except ContentError as error:
        raise DomainError("cannot_restore", str(error)) from error
    public = {Publication.PUBLISHED, Publication.SCHEDULED}
    for page in Mechanism.objects.filter(slug=revision.key, status__in=public) if revision.kind == "mechanisms" else ():
        pass_gate(page)
    reindex(rows_of(revision.kind, revision.key))
    when = f"{revision.saved_at:%Y-%m-%d %H:%M} UTC"
    record([article], act=Revision.Act.RESTORED, by=by, note=_("The version of %(when)s.") % {"when": when})
