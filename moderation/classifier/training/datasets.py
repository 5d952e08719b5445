"""Read the labelled sets that the model is trained on, with the labels of each that are trusted."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from tqdm import tqdm

from moderation.classifier.errors import DataError
from moderation.classifier.text import folded
from moderation.classifier.training.licences import is_open

Trust = Literal["label", "none", 0]


@dataclass(frozen=True)
class Source:
    """A set of texts: its file, its family, the source of each label, and the weight of a row.

    A family is the sets from one kind of place and people. Calibration measures how scores do on
    a family that the model has not seen.
    """

    name: str
    family: str
    toxicity: Trust
    spam: Trust
    weight: float = 1.0


@dataclass(frozen=True)
class Example:
    """A text with its labels (None: unknown) and the group that must stay in one split."""

    text: str
    source: str
    family: str
    group: str
    toxicity: int | None
    spam: int | None
    weight: float = 1.0
    language: str = ""


# Sets of comments and talk pages are assumed to be free of spam (0). Telegram posts were not
# checked for toxicity, so they have no label for it.
SOURCES = (
    Source("toxicity_en_wikipedia_talk", "english talk pages", "label", 0),
    Source("toxicity_en_olid_tweets", "english tweets", "label", 0, 0.5),
    Source("toxicity_en_paradetox_pairs", "english rewrites", "label", 0),
    Source("toxicity_en_toxigen", "english statements", "label", 0, 0.4),
    Source("toxicity_en_implicit_hate", "english hate", "label", 0, 0.4),
    Source("toxicity_en_hatemoji", "english statements", "label", 0, 0.4),
    Source("toxicity_ru_2ch_pikabu", "russian forums", "label", 0),
    Source("toxicity_ru_russe_pairs", "russian social media", "label", "none"),
    Source("toxicity_ru_textdetox_pairs", "russian social media", "label", "none"),
    Source("toxicity_ru_rudetoxifier_positives", "russian social media", "label", "none"),
    Source("toxicity_uk_textdetox_pairs", "ukrainian rewrites", "label", 0),
    Source("spam_en_youtube", "english videos", "none", "label"),
    Source("spam_en_sms", "english messages", "none", "label"),
    Source("spam_ru_telegram", "russian chats", "none", "label"),
    Source("spam_ru_telegram_positives", "russian chats", "none", "label"),
    Source("spam_uk_swindlers_positives", "ukrainian chats", "none", "label"),
    Source("notspam_ukru_telegram", "ukrainian chats", "none", "label"),
    Source("clean_uk_uagec", "ukrainian essays", "label", "label"),
)
SPANS = "toxic_spans_en_civil"
TRANSLATED = "translated_ru_uk"
TRANSLATED_CHARACTERS = 300
_GROUP_CHARACTERS = 60


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not. Raise DataError if it is not one."""
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                yield parse(line, f"{path.name}, line {number}")
    except FileNotFoundError:
        raise DataError(f"The data file {path} does not exist.") from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"The data file {path} cannot be read: {error}.") from None


def parse(line: str, where: str) -> dict[str, Any]:
    """Return the JSON object on one line. Raise DataError, naming `where`, if it is not one."""
    try:
        row = json.loads(line)
    except ValueError:
        raise DataError(f"{where}: this is not JSON.") from None
    if not isinstance(row, dict):
        raise DataError(f"{where}: this is not a JSON object.")
    return row


def _find(folder: Path, name: str) -> Path:
    if not folder.is_dir():
        raise DataError(f"The data folder {folder} does not exist; name another with --data.")
    for suffix in (".jsonl.gz", ".jsonl"):
        if (folder / (name + suffix)).exists():
            return folder / (name + suffix)
    raise DataError(f"The data folder {folder} lacks {name}.jsonl or {name}.jsonl.gz.")


def _text(row: dict[str, Any], field: str, path: Path) -> str:
    text = row.get(field)
    if not isinstance(text, str):
        raise DataError(f"{path.name}: a row lacks the text field '{field}'.")
    return text


def _label(trust: Trust, row: dict[str, Any], field: str) -> int | None:
    if trust == "none":
        return None
    return trust if trust == 0 else row.get(field)


def _group(row: dict[str, Any], text: str) -> str:
    # Copies of an advert differ in their endings and in look-alike letters.
    return str(row.get("pair") or folded(text)[:_GROUP_CHARACTERS])


def _read_source(folder: Path, source: Source) -> list[Example]:
    path = _find(folder, source.name)
    found = []
    for row in rows(path):
        text = _text(row, "text", path)
        found.append(
            Example(
                text=text,
                source=source.name,
                family=source.family,
                group=_group(row, text),
                toxicity=_label(source.toxicity, row, "toxic"),
                spam=_label(source.spam, row, "spam"),
                weight=source.weight,
                language=str(row.get("lang", "")),
            )
        )
    return found


def _read_translated(folder: Path, originals: Sequence[Example], only_open: bool) -> list[Example]:
    """Return the translations with the labels and the group of their original.

    The file does not name the sets of its texts. `only_open` leaves out translations whose
    original is not in `originals` or has another label there.
    """
    path = _find(folder, TRANSLATED)
    known = {example.text[:TRANSLATED_CHARACTERS]: example for example in originals}
    found = []
    for row in rows(path):
        original = known.get(_text(row, "ru", path))
        text = _text(row, "uk", path)
        if only_open and not (original and original.toxicity == row.get("toxic")):
            continue
        found.append(
            Example(
                text=text,
                source=TRANSLATED,
                family=original.family if original else TRANSLATED,
                group=original.group if original else _group({}, str(row["ru"])),
                toxicity=row.get("toxic"),
                spam=original.spam if original else None,
                language="uk",
            )
        )
    return found


def translated_pairs(folder: Path) -> list[tuple[str, str]]:
    """Return the translations among the sets of `folder`: Ukrainian texts with Russian ones."""
    path = _find(folder, TRANSLATED)
    return [(_text(row, "uk", path), _text(row, "ru", path)) for row in rows(path)]


def translated_already(folder: Path) -> set[str]:
    """Return the Russian texts whose translation is among the sets of `folder`."""
    return {russian for _, russian in translated_pairs(folder)}


def held_out(text: str) -> bool:
    """Whether a text with marked spans is left out of training, to measure explanations."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[0] % 4 == 0


def _read_spans(folder: Path) -> list[Example]:
    """Make two examples from each marked comment: the marked words, and the rest."""
    path = _find(folder, SPANS)
    found = []
    for row in rows(path):
        text, marked = _text(row, "text", path), set(row.get("spans") or ())
        if not marked or held_out(text):
            continue
        inside = "".join(letter if n in marked else " " for n, letter in enumerate(text))
        outside = "".join(" " if n in marked else letter for n, letter in enumerate(text))
        for part, toxicity in ((inside, 1), (outside, 0)):
            if part.strip():
                words, family = " ".join(part.split()), "english comments"
                found.append(Example(words, SPANS, family, text, toxicity, 0, 0.5, "en"))
    return found


def read_training(folder: Path, only_open: bool = False) -> list[Example]:
    """Read the training sets of `folder`, all or only the openly licensed ones, in a fixed order.

    Raise DataError if one is missing.
    """

    def wanted(name: str) -> bool:
        return is_open(name) or not only_open

    found: list[Example] = []
    for source in tqdm([s for s in SOURCES if wanted(s.name)], desc="reading", unit="set"):
        found.extend(_read_source(folder, source))
    found += _read_translated(folder, found, only_open)
    return found + _read_spans(folder) if wanted(SPANS) else found
