"""Search among 1,000 articles in two languages: p50 and p95 of a search, beside two controls in the same run.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.library_search

Works in a test database of its own, on SQLite without DATABASE_URL. The articles are made from the sentences of the
real ones, shuffled with a fixed seed, so that words are as frequent as in real texts.
"""

import os
import random
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

import django
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.test")
django.setup()

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import translation

from library.models import Caveat, Claim, Mechanism, SearchDocument, SearchPosting, SearchWord
from library.search.finding import PAGE, hits, rank
from library.services.content import load_library
from library.services.search_index import rebuild

ARTICLES, ROUNDS, LIMIT_MS = 1_000, 20, 50
type Spent = tuple[float, float]  # milliseconds by the clock, and those that this process worked
LANGUAGES = {"en": "en", "zh-hans": "zh_hans"}
SEARCHES = Path(__file__).resolve().parent.parent / "tests" / "library" / "search" / "relevance.yaml"


def main() -> int:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        write_articles()
        started = perf_counter()
        rebuild()
        sizes = f"{SearchDocument.objects.count():,} documents, {SearchWord.objects.count():,} words, "
        print(f"{connection.vendor}: {Mechanism.objects.count():,} articles in two languages; {sizes}", end="")
        print(f"{SearchPosting.objects.count():,} postings, indexed in {perf_counter() - started:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return 0 if measure_all() else 1
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@transaction.atomic
def write_articles() -> None:
    load_library()
    real = list(Mechanism.objects.prefetch_related("claims", "caveats"))
    chance = random.Random(20_260_310)
    for number in range(len(real), ARTICLES):
        write_article(number, real, chance)


def write_article(number: int, real: list[Mechanism], chance: random.Random) -> None:
    """Write an article as long as the real ones, each sentence from another of them."""
    like = chance.choice(real)
    columns = ("one_line", "try_it", "grade_reason")
    texts = {
        f"{name}_{code}": getattr(chance.choice(real), f"{name}_{code}")
        for name in columns
        for code in LANGUAGES.values()
    }
    row = Mechanism.objects.create(
        slug=f"article-{number}", domain=like.domain, order=number, horizon=like.horizon, grade=like.grade,
        grade_of_change=like.grade, grade_of_benefit=like.grade, status="published",
        reviewed_on=date(2026, 1, 1), review_due_on=date(2036, 1, 1),
        name_en=f"{_word(like.name_en, chance)} and {_word(chance.choice(real).name_en, chance)}",
        name_zh_hans=f"{like.name_zh_hans[:4]}与{chance.choice(real).name_zh_hans[:4]}", **texts,
    )  # fmt: skip
    for model, below in ((Claim, "claims"), (Caveat, "caveats")):
        model.objects.bulk_create(
            model(mechanism=row, order=order, **_texts(chance.choice(getattr(chance.choice(real), below).all()), part))
            for order, part in enumerate(getattr(like, below).all(), start=1)
        )


def _texts(row: Claim | Caveat, part: Claim | Caveat) -> dict[str, str]:
    basis = {"basis": part.basis} if isinstance(part, Claim) else {}
    return {"text_en": row.text_en, "text_zh_hans": row.text_zh_hans, **basis}


def _word(name: str, chance: random.Random) -> str:
    return chance.choice(re.findall(r"\w{4,}", name) or [name])


def measure_all() -> bool:
    """Time every search, a look-up by key and a scan with LIKE, in turn, so that all share the same noise."""
    viewer = AnonymousUser()
    keys = list(Mechanism.objects.values_list("pk", flat=True))
    searches = [(language, row["q"]) for language, rows in yaml.safe_load(SEARCHES.read_text()).items() for row in rows]
    calls: dict[str, Callable[[str, str, int], object]] = {
        "search": lambda typed, language, _turn: search(typed, language, viewer),
        "primary key": lambda _typed, _language, turn: Mechanism.objects.get(pk=keys[turn % len(keys)]),
        "LIKE scan": lambda typed, _language, _turn: list(Claim.objects.filter(text__icontains=typed)[:PAGE]),
    }
    times: dict[str, list[Spent]] = {name: [] for name in calls}
    for turn, (language, typed) in enumerate(searches * (ROUNDS + 1)):
        for name, call in calls.items():
            with translation.override(language):
                spent = timed(call, typed, language, turn)
            if turn >= len(searches):  # the first round warms up
                times[name].append(spent)
    for name, all_spent in times.items():
        report(name, all_spent)
    return quantile([wall for wall, _own in times["search"]], 95) < LIMIT_MS


def search(typed: str, language: str, viewer: AnonymousUser) -> None:
    ranking = rank(typed, language=language, viewer=viewer)
    for hit in hits(ranking, ranking.documents[:PAGE]):
        _ = (hit.title, hit.line, hit.excerpt, hit.url)


def timed(call: Callable[[str, str, int], object], typed: str, language: str, turn: int) -> Spent:
    wall, own = perf_counter(), process_time()
    call(typed, language, turn)
    return (perf_counter() - wall) * 1000, (process_time() - own) * 1000


def quantile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


def report(name: str, spent: list[Spent]) -> None:
    wall, own = [one for one, _two in spent], [two for _one, two in spent]
    figures = [f"p{percent} {quantile(wall, percent):6.1f} ms" for percent in (50, 95)]
    worked = ", ".join(f"p{percent} {quantile(own, percent):.1f}" for percent in (50, 95))
    print(f"{name:12} {len(spent):5} runs   {'   '.join(figures)}   (own work: {worked})")


if __name__ == "__main__":
    sys.exit(main())
