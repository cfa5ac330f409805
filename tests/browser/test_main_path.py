"""The main path as people walk it: on a phone in Chinese, and at a desk in English without any script."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core import clock
from groups.services.rsvps import rsvp
from mindmove.devtools import mail_files
from notifications.services.delivery import deliver_due
from reminders.services.planning import plan_reminders
from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.browser.conftest import DESKTOP, PHONE, Visit, Visits
from tests.browser.newcomers import ADA, XIAOHE, Newcomer
from tests.browser.walker import Walker
from tests.journeys.conftest import Club, at_local
from tests.kit.mail_sink import Mail, MailSink

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def on_a_phone(visit: Visits, who: Newcomer) -> Visit:
    return visit(size=PHONE, locale="zh-CN", zone=who.zone)


def at_a_desk_without_scripts(visit: Visits, who: Newcomer) -> Visit:
    return visit(size=DESKTOP, locale="en-GB", zone=who.zone, scripts=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("who", "window"),
    [
        pytest.param(XIAOHE, on_a_phone, id="zh-hans-phone"),
        pytest.param(ADA, at_a_desk_without_scripts, id="en-desk-no-scripts"),
    ],
)
def test_the_main_path(
    club: Club, sink: MailSink, visit: Visits, who: Newcomer, window: Callable[[Visits, Newcomer], Visit]
) -> None:
    walker = Walker(window(visit, who), who.language)
    read_a_mechanism_in_both_languages(walker, who)
    find_ten_minutes(walker, who)
    sign_up(walker, who, sink)
    be_welcomed(walker, who)
    wait_in_line(walker, who, club, sink)
    follow_a_plan(walker, who)
    do_the_step_of_today(walker, who)
    be_reminded_once_and_stop_it(visit(scripts=walker.visit.scripts), who, sink)
    walker.sign_out()
    walker.reads("You are signed out. See you soon.")
    walker.reads("What weighs on you?")
    assert walker.visit.complaints == []


def read_a_mechanism_in_both_languages(walker: Walker, who: Newcomer) -> None:
    walker.arrive()
    walker.tap("Library")
    walker.tap_exactly(who.mechanism[0])
    for spoken in (0, 1):
        expect(walker.page.locator("h1")).to_have_text(who.mechanism[spoken])
        expect(walker.page.locator("main")).to_contain_text(who.grade[spoken])
        expect(walker.page.locator("main")).to_contain_text("Uphoff")
        walker.tap_exactly(who.other_language if spoken == 0 else {"en": "English", "zh-hans": "中文"}[who.language])


def find_ten_minutes(walker: Walker, who: Newcomer) -> None:
    walker.tap("Library")
    walker.tap("Where do I start?")
    walker.choose(who.need)
    walker.choose("Ten minutes")
    walker.send("Show me a first step")
    walker.reads(who.action)
    walker.reads("Why this may help")


def sign_up(walker: Walker, who: Newcomer, sink: MailSink) -> None:
    """The code is read where a developer reads it: in the mailbox, which shows what the mail server took."""
    walker.arrive()
    walker.tap("Make an account")
    walker.type("E-mail address", who.email)
    walker.type("Password", NEW_PASSWORD)
    walker.send("Go on")
    walker.reads("Is this address yours?")
    [mail] = sink.to(who.email)
    mail_files.store(mail.source)
    walker.tap("Read it in the local mailbox")
    walker.page.get_by_role("link", name=mail.subject).first.click()
    code = code_in(mail.text)
    walker.reads(code)
    walker.page.go_back()
    walker.page.go_back()
    walker.type("Code", code)
    walker.send("Go on")


def be_welcomed(walker: Walker, who: Newcomer) -> None:
    walker.choose({"en": "English", "zh-hans": "中文"}[who.language])
    walker.send("Go on")
    if walker.visit.scripts:  # the browser's own zone is filled in
        expect(walker.page.get_by_label(walker.words("Time zone"))).to_have_value(who.zone)
    else:
        walker.pick("Time zone", who.zone)
    walker.send("Go on")
    walker.type("Your name", who.name)
    walker.send("Take me in")
    walker.reads(who.name)
    walker.reads("Where would you like to begin?")


def wait_in_line(walker: Walker, who: Newcomer, club: Club, sink: MailSink) -> None:
    walker.tap("Groups")
    walker.tap_exactly(club.cast.group.name)
    walker.send("Join %(group)s", group=club.cast.group.name)
    walker.reads("Welcome to %(group)s.", group=club.cast.group.name)
    walker.tap_exactly(club.event.title)
    walker.choose("My first time")
    walker.send("Wait for a seat")
    walker.reads(who.third)
    first = club.waiting[0]
    rsvp(event=club.event, person=club.cast.owner, answer="declined", now=clock.now())
    deliver_due(now=clock.now())
    assert [club.event.title in mail.text for mail in sink.to(first.email)] == [True]
    walker.page.reload()
    walker.reads(who.second)


def follow_a_plan(walker: Walker, who: Newcomer) -> None:
    walker.tap("Plans")
    walker.tap("Look at the plans")
    walker.tap_exactly(who.plan)
    walker.tap("Follow this plan")
    for day in DAYS:
        walker.choose(day, of="Days")
    walker.type("Time", "18:30")
    walker.type("When …", who.when)
    walker.type("then …", who.then)
    walker.send("Follow this plan")
    walker.reads("My plans")
    walker.reads(who.sentence)


def do_the_step_of_today(walker: Walker, who: Newcomer) -> None:
    walker.tap("Today")
    walker.reads(who.floor)
    walker.unfold("Why this helps")
    walker.tap_exactly(who.mechanism[0])
    expect(walker.page.locator("h1")).to_have_text(who.mechanism[0])
    walker.page.go_back()
    walker.send("Start")
    walker.choose("5", of="Mood now")
    walker.choose("I could talk")
    walker.send("Done")
    walker.reads("Noted. It counts, whatever its size.")


def be_reminded_once_and_stop_it(signed_out: Visit, who: Newcomer, sink: MailSink) -> None:
    walker = Walker(signed_out, who.language)
    earlier = len(sink.to(who.email))
    [mail] = evening_mails(who, sink, days=1)[earlier:]
    assert who.sentence in mail.text
    assert walker.words("It is the time you chose") == mail.subject
    signed_out.open(path_to_stop(mail))
    walker.send("Stop these messages")
    walker.reads("Stopped")
    assert len(evening_mails(who, sink, days=2)) == earlier + 1
    assert signed_out.complaints == []


def evening_mails(who: Newcomer, sink: MailSink, *, days: int) -> list[Mail]:
    """Tick every ten minutes through an evening where they live; return all mails to them so far."""
    start = at_local(clock.now(), days=days, hour=17, zone=who.zone)
    for minutes in range(0, 240, 10):
        tick = start + timedelta(minutes=minutes)
        with clock.frozen_at(tick):
            plan_reminders(now=tick)
            deliver_due(now=tick)
    return sink.to(who.email)


def path_to_stop(mail: Mail) -> str:
    """Return the path of the link in the mail's own text, the one that a person follows."""
    link = str(mail.message["List-Unsubscribe"]).strip("<>")
    assert link in mail.text
    return urlsplit(link).path
