"""Translate Russian training texts into Ukrainian, which has few labelled texts of its own.

Ukrainian texts are translated into Russian to learn which words stand for each other.

The translator (apertium, under its own licence) runs as separate programs, only during training.
Its output stays in the build folder.
"""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from tqdm import tqdm

from moderation.classifier.characters import CYRILLIC, CYRILLIC_TWIN, KIND, LATIN
from moderation.classifier.errors import DataError
from moderation.classifier.training.datasets import Example

SOURCE = "translated_here"
DICTIONARIES = Path("/usr/share/apertium/apertium-rus-ukr")
PACKAGES = "apertium apertium-rus-ukr cg3 apertium-lex-tools"
LONGEST = 1500
_CHUNK = 1000
Direction = Literal["rus-ukr", "ukr-rus"]
# The steps of apertium's own modes, without their statistical tagger, which stops on some
# comments: the constraint grammar disambiguates alone (-1 -n). NUL ends each text (-z).
_STEPS = (
    ("lt-proc", "-w", "{}.automorf.bin"),
    ("cg-proc", "-w", "-1", "-n", "{}.rlx.bin"),
    ("apertium-pretransfer",),
    ("lt-proc", "-b", "{}.autobil.bin"),
    ("lrx-proc", "-m", "{}.autolex.bin"),
    ("apertium-transfer", "-b", "apertium-rus-ukr.{}.t1x", "{}.t1x.bin"),
    ("apertium-interchunk", "apertium-rus-ukr.{}.t2x", "{}.t2x.bin"),
    ("apertium-postchunk", "apertium-rus-ukr.{}.t3x", "{}.t3x.bin"),
    ("lt-proc", "-n", "{}.autogen.bin"),
    ("lt-proc", "-p", "{}.autopgen.bin"),
)
_RESERVED = re.compile(r"([\\\[\]{}^$/<>@*#+~])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WORD = re.compile(r"\w+")
_RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def missing() -> str | None:
    """Return a sentence on what the translator lacks here, or None if it can run."""
    programs = sorted({step[0] for step in _STEPS if not shutil.which(step[0])})
    if not programs and DICTIONARIES.is_dir():
        return None
    lacking = ", ".join(programs) or str(DICTIONARIES)
    return (
        f"Ukrainian training texts are made with apertium, and {lacking} was not found: "
        f"install the packages {PACKAGES}, or train without it by TRANSLATE=no "
        "(--no-translation), which lowers the quality for Ukrainian."
    )


def _plain(text: str) -> str:
    """Replace Latin letters in mixed-script words with Cyrillic ones, and NUL with a space."""

    def unmask(found: re.Match[str]) -> str:
        word = found.group()
        kinds = {int(KIND[min(ord(letter.lower()[0]), len(KIND) - 1)]) for letter in word}
        if not {CYRILLIC, LATIN} <= kinds:
            return word
        return "".join(chr(int(CYRILLIC_TWIN[min(ord(c), len(KIND) - 1)])) for c in word.lower())

    return _WORD.sub(unmask, text[:LONGEST].replace("\0", " "))


def _run(step: Sequence[str], direction: Direction, given: bytes) -> bytes:
    program, *rest = (part.format(direction) for part in step)
    options = [part if part.startswith("-") else str(DICTIONARIES / part) for part in rest]
    try:
        done = subprocess.run(  # noqa: S603 - programs named above
            [program, "-z", *options], input=given, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise DataError(f"The translator stopped: {error}.") from None
    return done.stdout


def translated(texts: Sequence[str], direction: Direction = "rus-ukr") -> list[str]:
    """Translate texts, by default Russian ones, one to one; unknown words stay as they are."""
    escaped = (_RESERVED.sub(r"\\\1", _plain(text)) + "\0" for text in texts)
    stream = "".join(escaped).encode("utf-8", "replace")
    for step in _STEPS:
        stream = _run(step, direction, stream)
    # Each program may add an empty text at the end of the stream.
    parts = stream.decode("utf-8", "replace").split("\0")
    if len(parts) < len(texts) or "".join(parts[len(texts) :]).strip():
        raise DataError("The translator returned a different number of texts than it was given.")
    return [_ESCAPED.sub(r"\1", part) for part in parts[: len(texts)]]


def _dictionary_digest(direction: Direction) -> str:
    """Return a digest of the dictionaries: a translation depends on them."""
    digest = hashlib.sha256(repr((_STEPS, direction)).encode())
    for path in sorted(DICTIONARIES.glob(f"*{direction}*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _stored(
    texts: Sequence[str], direction: Direction, folder: Path, dictionaries: str
) -> list[str]:
    """Return the translations from `folder`; make and store them there if they are missing."""
    asked = json.dumps([dictionaries, LONGEST, *texts]).encode()
    path = folder / f"{hashlib.sha256(asked).hexdigest()[:24]}.json"
    if path.exists():
        found: list[str] = json.loads(path.read_text("utf-8"))
        return found
    found = translated(texts, direction)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(found), "utf-8")
    partial.replace(path)
    return found


def wanted(example: Example) -> bool:
    """Whether a text is from a Russian set and likely to be Russian."""
    if "_ru_" not in example.source or example.language not in ("ru", "cyr"):
        return False
    text = example.text
    return bool(_RUSSIAN.search(text) or (_CYRILLIC.search(text) and not _UKRAINIAN.search(text)))


def in_chunks(texts: Sequence[str], direction: Direction, folder: Path) -> list[str]:
    """Return the translation of each text. Finished chunks are kept in `folder`, so an interrupted
    run resumes where it stopped. Raise DataError if apertium is not installed.
    """
    if problem := missing():
        raise DataError(problem)
    folder.mkdir(parents=True, exist_ok=True)
    dictionaries = _dictionary_digest(direction)
    found: list[str] = []
    for start in tqdm(range(0, len(texts), _CHUNK), desc=f"translating {direction}", unit="chunk"):
        found += _stored(texts[start : start + _CHUNK], direction, folder, dictionaries)
    return found


def translations(
    examples: Sequence[Example], known: Collection[str], folder: Path
) -> list[Example]:
    """Return Ukrainian copies of Russian examples, with their labels, families and groups.

    Texts in `known` have a translation already. `folder` and errors are as for `in_chunks`.
    """
    originals = [e for e in examples if wanted(e) and e.text not in known]
    texts = in_chunks([e.text for e in originals], "rus-ukr", folder)
    return [
        replace(original, text=text, source=SOURCE, language="uk")
        for original, text in zip(originals, texts, strict=True)
        if text.strip() and text != original.text
    ]
