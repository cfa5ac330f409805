"""What programs are told: JSON in the words of the framework's renderer, written by a faster hand."""

from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer

as_ever = JSONRenderer.encoder_class().default  # decimals, lazy texts and the like, as the framework has them
OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME  # instants too
LINE_ENDS = {b"\xe2\x80\xa8": rb"\u2028", b"\xe2\x80\xa9": rb"\u2029"}  # which old JavaScript has in no text


class JSONOutput(JSONRenderer):
    """The API's renderer. What the faster hand refuses (numbers as keys, huge ones) the framework writes."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        if data is None:
            return b""
        if self.get_indent(accepted_media_type or "", renderer_context or {}) is not None:
            return bytes(super().render(data, accepted_media_type, renderer_context))
        try:
            return written(data)
        except orjson.JSONEncodeError:
            return bytes(super().render(data, accepted_media_type, renderer_context))


def written(data: Any) -> bytes:
    """Return data as compact JSON. Raises orjson.JSONEncodeError for what it does not take."""
    text = orjson.dumps(data, as_ever, OPTIONS)
    for sign, escaped in LINE_ENDS.items():
        text = text.replace(sign, escaped)
    return text
