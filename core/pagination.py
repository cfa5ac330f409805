"""Pages of the API: cursors, so that a list that grows while it is read shows nothing twice."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering: str | tuple[str, ...] = "-created_at"
