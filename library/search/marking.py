"""Where a text matches: pieces for `<mark>`, and the part of a long text that is worth showing."""

from collections.abc import Iterable, Iterator

from library.search.text import is_cjk, runs

type Pieces = list[tuple[str, bool]]  # text, and whether it matches

LONGEST_EXCERPT = 180


class Marker:
    """Finds folded phrases in texts: words one after the other as in the phrase, Chinese inside a run."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        split = {tuple(phrase.split()) for phrase in phrases}
        self.words = {words[0] for words in split if len(words) == 1}
        self.chinese = [word for word in self.words if is_cjk(word)]
        self.sequences = {words for words in split if len(words) > 1}
        self.beginnings = {words[0]: {len(other) for other in self.sequences} for words in self.sequences}

    def pieces(self, text: str) -> Pieces:
        """Cut the text into pieces that match and pieces that do not. Nothing is escaped here."""
        marked = self.places(text)
        cut: Pieces = []
        start = 0
        for place in range(1, len(text) + 1):
            if place == len(text) or (place in marked) != (start in marked):
                cut.append((text[start:place], start in marked))
                start = place
        return cut

    def excerpt(self, body: str) -> str:
        """Return the paragraph with the most matches, shortened around the first; nothing when none matches."""
        paragraphs = [(paragraph, self.places(paragraph)) for paragraph in body.splitlines()]
        best, marked = max(paragraphs, key=lambda row: len(row[1]), default=("", set()))
        if not marked or len(best) <= LONGEST_EXCERPT:
            return best if marked else ""
        start = max(0, min(marked) - LONGEST_EXCERPT // 3)
        if start:  # begin with a whole word, where words have spaces
            start = best.find(" ", start, min(marked)) + 1 or start
        end = start + LONGEST_EXCERPT
        if end < len(best):
            end = max(best.rfind(" ", max(place for place in marked if place < end), end), 0) or end
        return f"{'…' if start else ''}{best[start:end]}{'…' if end < len(best) else ''}"

    def places(self, text: str) -> set[int]:
        """Return the places of the signs that match."""
        found: set[int] = set()
        here = list(runs(text))
        for at, run in enumerate(here):
            if run.text in self.words:
                found.update(range(run.places[0], run.places[-1] + 1))
            elif is_cjk(run.text):
                for start, end in self._inside(run.text):
                    found.update(run.places[start:end])
            for length in self.beginnings.get(run.text, ()):
                following = here[at : at + length]
                if tuple(word.text for word in following) in self.sequences:
                    found.update(range(run.places[0], following[-1].places[-1] + 1))
        return found

    def _inside(self, run: str) -> Iterator[tuple[int, int]]:
        for phrase in self.chinese:
            at = run.find(phrase)
            while at >= 0:
                yield at, at + len(phrase)
                at = run.find(phrase, at + 1)
