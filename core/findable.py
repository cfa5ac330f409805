"""Pages that anybody may find: search engines are told of them, and of no other."""

from collections.abc import Callable

from django.http import HttpResponse

type View = Callable[..., HttpResponse]


def findable(view: View) -> View:
    """Mark a page as one to be found. Every page that is not says `noindex`."""
    view.is_findable = True  # type: ignore[attr-defined]
    return view
