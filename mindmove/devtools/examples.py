"""What each kind of message might say: contexts as its `prepare` makes them, of nobody in particular.

Every kind has at least one; a test holds that nothing a template asks for is absent.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import translation

from core import clock
from core.moments import day_in_words, moment_in_words
from reminders.wording import say

type Context = dict[str, Any]

HERE, THERE = "Europe/Berlin", "Asia/Shanghai"
ANSWER = "http://127.0.0.1:8000/groups/answer/a-secret/"
FLOOR = {"en": "Shoes on, to the door and back.", "zh-hans": "穿上鞋，走到门口再回来。"}
WORDS = {
    "en": "Ask me out for ginger tea. I may say no, and that is fine.",
    "zh-hans": "约我喝杯姜茶吧。我可能会说不，没关系。",
}
SENTENCES = {
    "en": [
        {"when_text": "I have put the kettle on", "then_text": "I walk to the corner and back"},
        {"when_text": "it is dark outside", "then_text": "I stretch by the window"},
    ],
    "zh-hans": [
        {"when_text": "烧上一壶水", "then_text": "走到街角再回来"},
        {"when_text": "天黑了", "then_text": "在窗边伸展一下"},
    ],
}
INSTEAD = {
    "en": {"obstacle_text": "it rains", "instead_text": "I walk the stairs twice"},
    "zh-hans": {"obstacle_text": "下雨", "instead_text": "上下两趟楼梯"},
}


def _in(texts: dict[str, Any]) -> Any:
    return texts[translation.get_language() or "en"]


def _starts_at() -> datetime:
    return (clock.now() + timedelta(days=1)).replace(hour=17, minute=30, second=0, microsecond=0)


def _meeting(*, far: bool = False) -> Context:
    now, starts_at = clock.now(), _starts_at()
    return {
        "moment": moment_in_words(starts_at, THERE if far else HERE, now=now),
        "yours": moment_in_words(starts_at, HERE, now=now) if far else "",
        "place": _in({"en": "By the rose garden", "zh-hans": "玫瑰园旁"}),
    }


def _event(*, far: bool = False, **more: object) -> Context:
    return {
        "title": _in({"en": "Easy river loop", "zh-hans": "沿河慢走一圈"}),
        **_meeting(far=far),
        "answer_url": ANSWER,
        **more,
    }


def _reminder(*, far: bool = False) -> Context:
    moment = say(_starts_at(), zone=HERE, place_zone=THERE if far else HERE, now=clock.now())
    return {**_event(), "moment": moment, "group": _group()}


def _group() -> str:
    return str(_in({"en": "Morning Mosses", "zh-hans": "晨间苔藓"}))


def _series() -> Context:
    return {"title": _event()["title"], "group": _group(), "meetings": [_meeting(), _meeting(far=True)]}


def _until() -> str:
    return day_in_words((clock.now() + timedelta(days=14)).date())


def _own_words(**more: object) -> Context:
    return {**_in(SENTENCES)[0], **_in(INSTEAD), "small": _in(FLOOR), "is_last": False, **more}


def _decision() -> Context:
    return {
        "what": _in({"en": "A comment of yours was hidden.", "zh-hans": "你的一条评论被隐藏了。"}),
        "effect": _in({"en": "Others no longer see it.", "zh-hans": "别人不再看得到它。"}),
        "words": _in({"en": "It named where somebody lives.", "zh-hans": "里面写了别人的住处。"}),
        "appeal_until": _until(),
    }


def _report() -> Context:
    return {
        "thing": _in({"en": "a comment", "zh-hans": "一条评论"}),
        "outcome": _in({"en": "We looked, and it was taken away.", "zh-hans": "我们看过了，已经把它撤下。"}),
    }


def _named(**more: object) -> Context:
    return {"name": _in({"en": "Mira Holm", "zh-hans": "李小雨"}), "group": _group(), **more}


def _role(role: str) -> Context:
    return {"group": _group(), "role": role}


def _said(**more: object) -> Context:
    words = _in({"en": "We meet at the south gate today.", "zh-hans": "今天在南门集合。"})
    return {**_event(), "author": _named()["name"], "group": _group(), "text": words, "words": words, **more}


EXAMPLES: dict[str, list[Callable[[], Context]]] = {
    "appeal_answer": [lambda: _said(is_granted=True), lambda: _said(is_granted=False)],
    "account_leaving": [lambda: {"until": _until()}],
    "buddy_asked": [_named],
    "buddy_company": [_named],
    "come_back": [
        _own_words,
        lambda: _own_words(obstacle_text="", instead_text="", small="", is_last=True),
        lambda: dict.fromkeys(_own_words(), ""),
    ],
    "event_cancelled": [_event],
    "event_day_before": [_reminder, lambda: _reminder(far=True)],
    "event_moved": [lambda: _event(far=True)],
    "event_soon": [_reminder],
    "first_time_coming": [lambda: _event(name=_named()["name"])],
    "greeter_gone": [_series],
    "group_announcement": [_said],
    "host_added": [lambda: _event(waits=False), lambda: _event(waits=True)],
    "host_message": [_said],
    "join_accepted": [_named],
    "join_asked": [lambda: _named(until=_until())],
    "join_declined": [_named],
    "join_expired": [_named],
    "look_back": [dict],
    "moderation_decision": [_decision],
    "noticer_asked": [lambda: _named(days=5), lambda: _named(days=1)],
    "role_given": [partial(_role, role) for role in ("owner", "host", "moderator")],
    "report_outcome": [_report],
    "seat_promoted": [_event],
    "seats_kept": [lambda: _event(free=_in({"en": "One seat is free.", "zh-hans": "空出一个名额。"}), seats=3)],
    "series_cancelled": [_series],
    "series_changed": [_series],
    "series_ending": [lambda: {**_event(), "until": _until()}],
    "session_cue": [lambda: {"sentences": _in(SENTENCES)[:1]}, lambda: {"sentences": _in(SENTENCES)}],
    "silence": [lambda: _named(days=5, words=_in(WORDS))],
}

# Mails of signing in, which the library for accounts sends: `templates/account/email/<name>_message.*`.
CHANGED: Context = {"timestamp": "2026-03-10 10:00", "ip": "192.0.2.7", "user_agent": "Firefox"}
ACCOUNT: dict[str, Context] = {
    "account_already_exists": {"password_reset_url": "http://127.0.0.1:8000/account/password/reset/"},
    "email_changed": {**CHANGED, "from_email": "mira@old.example", "to_email": "mira@new.example"},
    "email_confirm": CHANGED,
    "email_confirmation": {"code": "K3Q-7RD"},
    "email_confirmation_signup": {"code": "K3Q-7RD"},
    "email_deleted": {**CHANGED, "deleted_email": "mira@old.example"},
    "password_changed": CHANGED,
    "password_reset": CHANGED,
    "password_reset_code": {"code": "K3Q-7RD"},
    "password_set": CHANGED,
    "unknown_account": {"signup_url": "http://127.0.0.1:8000/account/signup/"},
}
