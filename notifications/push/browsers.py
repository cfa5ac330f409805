"""What to call a device, from what its browser says of itself; roughly, for the person to recognise it."""

BROWSERS = [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")]  # fmt: skip
SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
           ("CrOS", "ChromeOS"), ("Linux", "Linux")]  # fmt: skip


def name_of(user_agent: str) -> str:
    """Return e.g. "Firefox · Android"; nothing for what nobody knows."""
    found = [next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found))
