"""Learn which Russian word a Ukrainian word form stands for, from translated texts.

Words of a text and of its translation are aligned by similarity and order (Needleman and Wunsch,
1970); the pair that is seen most often wins. What the translator does not know is in our own list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from moderation.classifier.characters import FOLD
from moderation.classifier.training.synthetic import PHRASES
from moderation.classifier.word_table import ENCODING, words

OWN_WORDS = PHRASES / "ukrainian_russian.txt"
# In characters of a text, so that one long text does not take all the time.
_READ = 600
_GAP = -0.2
_SIMILAR = 0.7
# Words this far from each other, and texts that differ by more words, are not aligned.
_WINDOW, _MAX_DIFFERENCE = 8, 6
_UNKNOWN = 0.3
_UKRAINIAN = set("іїєґ")
Pair = tuple[str, str]


def learn(pairs: Sequence[Pair], russian: Iterable[str]) -> dict[str, str]:
    """Return the Russian word of each Ukrainian word form.

    `pairs` are Ukrainian texts with their Russian translation or original; `russian` are texts
    written in Russian, whose words are preferred. Words that are the same in both languages are
    included if they are frequent, so that no similar word is taken for them.
    """
    known = Counter(word for text in russian for word in words(text))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for ukrainian, translation in tqdm(pairs, desc="aligning words", unit="text"):
        ours, theirs = words(ukrainian[:_READ]), words(translation[:_READ])
        seen.update(ours)
        for word, other in aligned(ours, theirs):
            counts[word][other.replace("'", "ъ")] += 1
    found = {word: _best(word, counts[word], known) for word in seen}
    cognates = {_folded(word): word for word, _ in reversed(known.most_common())}
    table = {word: other or cognates.get(_folded(word), "") for word, other in found.items()}
    kept = {
        word: other
        for word, other in table.items()
        if other and (word != other or (seen[word] > 1 and len(word) > 3))
    }
    return {word: other for word, other in (kept | own_words()).items() if _fits(word + other)}


def own_words(path: Path = OWN_WORDS) -> dict[str, str]:
    """Return our own list: what the translator does not know or gets wrong."""
    lines = path.read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: russian for word, russian in pairs}  # noqa: C416 - lists of two become pairs


def _fits(written: str) -> bool:
    return written.encode(ENCODING, "ignore").decode(ENCODING) == written


def _folded(word: str) -> str:
    """Spell a word so that cognates of both languages are equal."""
    return "".join(chr(FOLD[ord(letter)]) for letter in word if letter not in "'ьъ")


def _best(word: str, counts: Counter[str], known: Mapping[str, int]) -> str:
    """Return the word that was aligned most often, or "" if none is likely."""
    scored: dict[str, float] = {}
    for other, count in counts.items():
        alike = _similarity(_folded(word), _folded(other))
        if _UKRAINIAN & set(other) or (other == word and not known.get(other)):
            continue
        if count == 1 and (alike < _UNKNOWN or not known.get(other)):
            continue
        scored[other] = count * (1 + 2 * alike) * (1 if known.get(other) else _UNKNOWN)
    return max(scored, key=lambda other: (scored[other], other), default="")


def _similarity(one: str, two: str) -> float:
    if one == two:
        return 1.0
    same = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        same += 1
    return _SIMILAR * same / max(len(one), len(two), 1)


def aligned(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    """Return the words that stand for each other, as far as that can be told."""
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    if abs(len(ours) - len(theirs)) > _MAX_DIFFERENCE:
        return []
    alike = _similarities(ours, theirs)
    return _traced(ours, theirs, alike, _best_sums(len(ours), len(theirs), alike))


def _similarities(ours: Sequence[str], theirs: Sequence[str]) -> dict[tuple[int, int], float]:
    one, two = [*map(_folded, ours)], [*map(_folded, theirs)]
    return {
        (i, j): _similarity(a, two[j])
        for i, a in enumerate(one)
        for j in range(max(0, i - _WINDOW), min(len(two), i + _WINDOW + 1))
    }


def _best_sums(
    rows: int, columns: int, alike: Mapping[tuple[int, int], float]
) -> list[list[float]]:
    """Return the best sum of similarities and gaps for each pair of beginnings."""
    best = [[_GAP * (i + j) for j in range(columns + 1)] for i in range(rows + 1)]
    for i in range(rows):
        for j in range(columns):
            both = best[i][j] + alike.get((i, j), _GAP)
            best[i + 1][j + 1] = max(both, best[i][j + 1] + _GAP, best[i + 1][j] + _GAP)
    return best


def _traced(
    ours: Sequence[str],
    theirs: Sequence[str],
    alike: Mapping[tuple[int, int], float],
    best: Sequence[Sequence[float]],
) -> list[Pair]:
    found = []
    i, j = len(ours), len(theirs)
    while i and j:
        here = best[i][j]
        if here == best[i - 1][j - 1] + alike.get((i - 1, j - 1), _GAP):
            found.append((ours[i - 1], theirs[j - 1]))
            i, j = i - 1, j - 1
        elif here == best[i - 1][j] + _GAP:
            i -= 1
        else:
            j -= 1
    return found
