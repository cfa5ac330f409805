"""A week to look back on."""


def own_pages(a: dict[str, str]) -> list[str]:
    return ["/plans/weeks/2026-03-02/back/"]
