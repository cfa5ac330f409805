"""The way from a phone to the site, in this process, which drops requests and replies and brings some of them twice."""

from random import Random

import httpx
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

GONE_ASTRAY, REPLY_ASTRAY, TWICE = 0.1, 0.25, 0.1


class Road(httpx.BaseTransport):
    """`is_rough` says how it is now, `is_deaf` that no reply comes back at all.

    `repeats` counts what reached the site twice, `dropped` what no phone heard.
    """

    def __init__(self, dice: Random) -> None:
        self.dice, self.is_rough, self.is_deaf = dice, False, False
        self.repeats = self.dropped = 0
        self._site = httpx.WSGITransport(app=get_wsgi_application())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_deaf:
            self._bring(request)
            raise httpx.ReadTimeout("no reply comes back", request=request)
        if not self.is_rough:
            return self._bring(request)
        if self.dice.random() < GONE_ASTRAY:
            raise httpx.ConnectError("the request went astray", request=request)
        if self.dice.random() < TWICE:
            self._bring(request)
            self.repeats += 1
        reply = self._bring(request)
        if self.dice.random() < REPLY_ASTRAY:
            self.dropped += 1
            raise httpx.ReadTimeout("the reply went astray", request=request)
        return reply

    def _bring(self, request: httpx.Request) -> httpx.Response:
        """Answer within the test's connection, which a request would otherwise close (as Django's own test client)."""
        moments = (request_started, request_finished)
        for moment in moments:
            moment.disconnect(close_old_connections)
        try:
            reply = self._site.handle_request(request)
            reply.read()
        finally:
            for moment in moments:
                moment.connect(close_old_connections)
        return reply
