"""Where a text matches: pieces for `<mark>`, and the part of a long text that is worth showing."""

from collections.abc import Iterable, Iterator

from library.search.text import is_cjk, runs

type Pieces = list[tuple[str, bool]]  # text, and whether it matches

LONGEST_EXCERPT = 180


def pieces(text: str, phrases: Iterable[str]) -> Pieces:
    """Cut the text into pieces that match one of the folded phrases and pieces that do not. Nothing is escaped here."""
    marked = _marked(text, phrases)
    cut: Pieces = []
    for place, sign in enumerate(text):
        if cut and cut[-1][1] == (place in marked):
            cut[-1] = (cut[-1][0] + sign, cut[-1][1])
        else:
            cut.append((sign, place in marked))
    return cut


def excerpt(body: str, phrases: Iterable[str]) -> str:
    """Return the paragraph with the most matches, shortened around the first; nothing when none matches."""
    sought = list(phrases)
    best = max(body.splitlines(), key=lambda line: len(_marked(line, sought)), default="")
    marked = _marked(best, sought)
    if not marked:
        return ""
    if len(best) <= LONGEST_EXCERPT:
        return best
    start = max(0, min(marked) - LONGEST_EXCERPT // 3)
    if start:  # begin with a whole word, where words have spaces
        start = best.find(" ", start, min(marked)) + 1 or start
    end = start + LONGEST_EXCERPT
    if end < len(best):
        end = max(best.rfind(" ", max(marked & set(range(start, end))), end), 0) or end
    return f"{'…' if start else ''}{best[start:end]}{'…' if end < len(best) else ''}"


def _marked(text: str, phrases: Iterable[str]) -> set[int]:
    """Return the places of the signs that match: words one after the other as in the phrase, Chinese inside a run."""
    found: set[int] = set()
    here = list(runs(text))
    sequences = {tuple(phrase.split()) for phrase in phrases}
    chinese = {words[0] for words in sequences if len(words) == 1 and is_cjk(words[0])}
    lengths = {len(words) for words in sequences}
    for at, run in enumerate(here):
        for length in lengths:
            words = here[at : at + length]
            if tuple(word.text for word in words) in sequences:
                found.update(range(run.places[0], words[-1].places[-1] + 1))
        for start, end in _occurrences(run.text, chinese):
            found.update(run.places[start:end])
    return found


def _occurrences(run: str, phrases: set[str]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        at = run.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = run.find(phrase, at + 1)
