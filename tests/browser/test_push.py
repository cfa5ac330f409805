"""What the service worker does with a message and a tap, in a real browser; and the button, which asks when tapped."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from notifications.models import PushSubscription
from tests.browser.conftest import Visit, Visits
from tests.kit.push_device import Device
from tests.kit.world import World

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {
    "title": "A seat is yours", "body": "Thursday, 18:30", "url": "/messages/", "tag": "topic-of-it", "language": "en",
}  # fmt: skip
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const found = await registration.getNotifications();
  return found.map(({ title, body, tag, lang, data }) => ({ title, body, tag, language: lang, url: data.url }));
}"""
# No program can tap a message of a headless browser, and only a real tap may open a window: the event is made here, and
# what it would open or bring forward is noted. The worker that answers it, the message and the windows are real.
TAP = """async () => {
  const done = { opened: [], focused: [] };
  Clients.prototype.openWindow = async (url) => void done.opened.push(url);
  WindowClient.prototype.focus = async function () { done.focused.push(this.url); };
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification });
  let answer = null;
  Object.defineProperty(event, "waitUntil", { value: (promise) => (answer = promise) });
  self.dispatchEvent(event);
  await answer;
  return { ...done, left: (await self.registration.getNotifications()).length };
}"""
NO_SERVICE = """() => {  // a browser whose message service answers at once, as a device would
  PushManager.prototype.subscribe = async function (options) {
    window.asked = { ...options, key: btoa(String.fromCharCode(...options.applicationServerKey)) };
    return { toJSON: () => (%s) };
  };
  Notification.requestPermission = async () => (window.permission = (window.permission ?? 0) + 1) && "granted";
}"""


def allowed(window: Visit) -> Page:
    """Let the site show messages, and wait until the service worker is there."""
    window.page.context.grant_permissions(["notifications"], origin=window.origin)
    window.open("/messages/settings/")
    window.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return window.page


def push(page: Page, origin: str, data: str) -> None:
    """Let the browser believe that its push service brought `data`."""
    tools = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    tools.send("ServiceWorker.enable")
    for _moment in range(100):
        page.wait_for_timeout(100)
        if found:
            break
    registration = found[0]["registrationId"]
    message = {"origin": origin, "registrationId": registration, "data": data}
    tools.send("ServiceWorker.deliverPushMessage", message)


def shown(page: Page, origin: str, said: dict[str, str] | str) -> list[dict[str, str]]:
    """Bring a message until the browser shows it, twice in a row alike; return all that it shows.

    Chromium forgets a message that is read after it was kept and before it was drawn. Brought again it takes its own
    place.
    """
    data = said if isinstance(said, str) else json.dumps(said)
    for _try in range(5):
        push(page, origin, data)
        looks = []
        for _look in range(2):
            page.wait_for_timeout(400)
            looks.append(page.evaluate(SHOWN))
        if looks[0] == looks[1] and (looks[1] if isinstance(said, str) else said in looks[1]):
            break
    found: list[dict[str, str]] = page.evaluate(SHOWN)
    return found


def test_a_message_is_shown_and_a_newer_one_takes_its_place(world: World, visit: Visits) -> None:
    window = visit(world.cast.member)
    page = allowed(window)

    newer = SAID | {"body": "Thursday, 19:00"}

    assert shown(page, window.origin, SAID) == [SAID]
    assert shown(page, window.origin, newer) == [newer]
    assert window.complaints == []


def test_what_cannot_be_read_still_shows_something(world: World, visit: Visits) -> None:
    window = visit(world.cast.member)
    page = allowed(window)

    assert shown(page, window.origin, "not json")[0]["title"] == "MindMove"


def tap(page: Page) -> dict[str, Any]:
    """Tap the message that is shown; return the windows that were opened or brought forward, and the messages left."""
    [worker] = page.context.service_workers
    found: dict[str, Any] = worker.evaluate(TAP)
    return found


@pytest.mark.parametrize("url", ["/messages/", "/groups/?from=a-message#feed"])
def test_a_tap_opens_the_place_and_puts_the_message_away(url: str, world: World, visit: Visits) -> None:
    window = visit(world.cast.member)
    page = allowed(window)
    assert shown(page, window.origin, SAID | {"url": url})

    assert tap(page) == {"opened": [f"{window.origin}{url}"], "focused": [], "left": 0}


def test_a_tap_brings_forward_the_window_that_is_there_already(world: World, visit: Visits) -> None:
    window = visit(world.cast.member)
    page = allowed(window)
    assert shown(page, window.origin, SAID | {"url": "/messages/settings/"})

    assert tap(page) == {"opened": [], "focused": [f"{window.origin}/messages/settings/"], "left": 0}


def test_a_tap_brings_forward_a_window_that_the_worker_has_not_taken_over(world: World, visit: Visits) -> None:
    window = visit(world.cast.member)
    page = allowed(window)
    page.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})  # as with shift: past the worker
    page.wait_for_function("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller === null)")
    assert shown(page, window.origin, SAID | {"url": "/messages/settings/"})

    assert tap(page) == {"opened": [], "focused": [f"{window.origin}/messages/settings/"], "left": 0}


def test_a_tap_leads_to_no_other_site(world: World, visit: Visits) -> None:
    window = visit(world.cast.member)
    page = allowed(window)
    assert shown(page, window.origin, SAID | {"url": "https://elsewhere.example/"})

    assert tap(page) == {"opened": [], "focused": [], "left": 0}


def test_the_button_asks_when_tapped_and_the_device_is_listed(world: World, visit: Visits) -> None:
    member = world.cast.member
    PushSubscription.objects.all().delete()
    device = Device("https://fcm.googleapis.com/fcm/send/browser")
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    window = visit(member)
    window.page.add_init_script(f"({NO_SERVICE % json.dumps({'endpoint': device.endpoint, 'keys': keys})})()")
    page = allowed(window)
    button = page.get_by_role("button", name="Notify me on this device")
    expect(button).to_be_visible()
    assert page.evaluate("window.permission ?? 0") == 0

    button.click()

    expect(page.get_by_text("Messages come to this device now, too.")).to_be_visible()
    row = PushSubscription.objects.get()
    assert (row.person, row.endpoint, row.p256dh, row.auth) == (member, device.endpoint, device.p256dh, device.auth)
    assert "Chrome" in row.device
    assert window.complaints == []


def test_without_scripts_there_is_no_button_that_does_nothing(world: World, visit: Visits) -> None:
    window = visit(world.cast.member, scripts=False)
    window.open("/messages/settings/")

    expect(window.page.get_by_role("button", name="Notify me on this device")).to_be_hidden()
