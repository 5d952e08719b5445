"""N-grams are those of each text alone, and know the characters that they cover."""

import numpy as np
import pytest

from moderation.classifier.characters import SPACE
from moderation.classifier.features import BUCKETS, grams, sum_by_text
from moderation.classifier.text import fold, unmask

TEXTS = ["", "ну й дурень!", "a", "!!", "", "good day", "ъ", ""]


def test_n_grams_cover_words_pairs_and_up_to_five_characters() -> None:
    tokens = fold(unmask(["ну й дурень"]))
    written = tokens.codes.tobytes().decode("utf-32-le")
    first, last = grams(tokens).covered(tokens)
    covered = sorted(
        written[start : end + 1] for start, end in zip(first.tolist(), last.tolist(), strict=True)
    )
    inside = [
        written[start : start + size]
        for size in (2, 3, 4, 5)
        for start in range(len(written) - size + 1)
        if chr(SPACE) not in written[start + 1 : start + size - 1]
    ]
    assert covered == sorted([*inside, "ну", "й", "дурень", "ну й", "й дурень"])


@pytest.mark.parametrize("longer", [0, 140_000])
def test_the_sum_of_a_text_does_not_depend_on_the_others(longer: int) -> None:
    """The powers of the hashes' prime are prepared for the shorter batch only."""
    table = np.random.default_rng(1).normal(size=(BUCKETS, 2)).astype(np.float32)
    texts = [*TEXTS, "слово " * (longer // 6), *TEXTS]
    together = sum_by_text(table, grams(fold(unmask(texts))), len(texts))
    for number, text in enumerate(texts):
        alone = sum_by_text(table, grams(fold(unmask([text]))), 1)
        assert together[number].tolist() == alone[0].tolist()
    assert not together[[0, 4, 6, 7]].any()
