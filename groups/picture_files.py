"""The files of pictures, as pages and programs get them: each asks who is looking."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse

from core.visibility import Viewer, get_visible
from groups.models import Group, Picture
from groups.reencoding import CONTENT_TYPE
from groups.services.pictures import small_name

FIVE_MINUTES = 300


def file_for(viewer: Viewer, *, is_small: bool = False, **address: Any) -> HttpResponse:
    """Return the file of the picture at an address, or raise 404 as if it had never been there.

    Browsers of visitors may keep the picture of a public group; whoever is signed in keeps none.
    """
    found = get_visible(Picture.objects.select_related("group"), viewer, **address)
    name = str(found.file.name)
    try:
        with default_storage.open(small_name(name) if is_small else name) as file:
            response = HttpResponse(file.read(), content_type=CONTENT_TYPE)
    except FileNotFoundError as error:
        raise Http404 from error
    is_public = found.group.visibility == Group.Visibility.PUBLIC and not viewer.is_authenticated
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
