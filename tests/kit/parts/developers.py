"""Whoever writes programs: the API's reference."""


def pages(a: dict[str, str], who: str) -> list[str]:
    return ["/developers/api/", "/developers/api/logs/"]


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {r"^/developers/api/": {"": {"tag": "logs"}}}
