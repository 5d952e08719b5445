"""The licence of each set that the model learns from, as its source states it.

The card's table and what it says of licences, and which sets OPEN=yes trains on, follow from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Terms = Literal["open", "limited", "not stated", "as the originals"]


@dataclass(frozen=True)
class Licence:
    """What a source states, and what that comes to.

    open: anyone may use the texts for any purpose, change them and pass them on; the licence may
    ask to be kept and its authors to be named. limited: not anyone, or not for every purpose. not
    stated: nobody said that the texts may be used. as the originals: made here of other sets.
    """

    name: str
    terms: Terms


@dataclass(frozen=True)
class Provenance:
    """Who made a set, or of what it was made, and its licence."""

    made_by: str
    licence: Licence


CC0 = Licence("CC0 1.0", "open")
CC_BY = Licence("CC BY 4.0", "open")
CC0_AND_CC_BY_SA = Licence("labels CC0 1.0, comments CC BY-SA 3.0", "open")
MIT = Licence("MIT", "open")
RESEARCH = Licence("free for research, with citation", "limited")
PARTLY_RESEARCH = Licence("UCI; taken in part from what is free for research", "limited")
# It forbids a list of uses to everyone who is given the texts or what was made of them.
OPENRAIL = Licence("OpenRAIL++", "limited")
NOT_STATED = Licence("not stated", "not stated")
# Nobody said whose the texts are, so they cannot have been given by the licence of a program.
GPL_REPOSITORY = Licence("repository under GPL-3.0, origin of the texts not stated", "not stated")
ORIGINALS = Licence("as the texts that it was made of", "as the originals")

LICENCES: Mapping[str, Provenance] = {
    "toxicity_en_wikipedia_talk": Provenance(
        "Jigsaw / Conversation AI; comments by the editors of Wikipedia", CC0_AND_CC_BY_SA
    ),
    "toxicity_en_olid_tweets": Provenance("Zampieri et al. 2019 (OLID); tweets", RESEARCH),
    "toxicity_en_paradetox_pairs": Provenance("Logacheva et al. 2022 (ParaDetox)", CC0),
    "toxicity_ru_2ch_pikabu": Provenance("comments of two Russian forums", NOT_STATED),
    "toxicity_ru_russe_pairs": Provenance("RUSSE 2022, detoxification", NOT_STATED),
    "toxicity_ru_textdetox_pairs": Provenance("TextDetox 2024", OPENRAIL),
    "toxicity_ru_rudetoxifier_positives": Provenance("Dementieva et al. 2021", MIT),
    "toxicity_uk_textdetox_pairs": Provenance("TextDetox 2024; tweets", OPENRAIL),
    "spam_en_youtube": Provenance(
        "Alberto, Lochter and Almeida 2015 (YouTube Spam Collection, UCI)", CC_BY
    ),
    "spam_en_sms": Provenance(
        "Almeida and Gómez Hidalgo 2011 (SMS Spam Collection)", PARTLY_RESEARCH
    ),
    "spam_ru_telegram": Provenance("posts of Telegram groups", GPL_REPOSITORY),
    "spam_ru_telegram_positives": Provenance("posts of Telegram groups", NOT_STATED),
    "spam_uk_swindlers_positives": Provenance("messages of swindlers, 2022", GPL_REPOSITORY),
    "notspam_ukru_telegram": Provenance("posts of Telegram channels", NOT_STATED),
    "clean_uk_uagec": Provenance("Syvokon and Nahorna (UA-GEC)", CC_BY),
    "toxic_spans_en_civil": Provenance(
        "Pavlopoulos et al. 2021 (SemEval task 5) of Civil Comments; three quarters of it, as "
        "marked stretches and what is left",
        CC0,
    ),
    "translated_ru_uk": Provenance(
        "Russian texts of the sets above, translated by apertium-rus-ukr 0.2.1", ORIGINALS
    ),
    "translated_here": Provenance(
        "Russian texts of the sets above, translated by apertium-rus-ukr when the model is made "
        "(the translator is GPL-3.0-or-later and no part of this program)",
        ORIGINALS,
    ),
    "composed": Provenance("this project, of the phrases in `training/phrases/`", MIT),
    "disguised": Provenance(
        "copies of texts above in Latin letters, leet, look-alikes or spaced letters", ORIGINALS
    ),
}
OURS = "composed"
_UNKNOWN = Provenance("not known", NOT_STATED)


def terms_of(name: str) -> Terms:
    """What the licence of this set comes to; "not stated" for one that is not in the table."""
    return LICENCES.get(name, _UNKNOWN).licence.terms


def is_open(name: str) -> bool:
    """Whether anyone may use the texts of this set for any purpose."""
    return terms_of(name) == "open"


def all_open(sources: Iterable[str]) -> bool:
    """Whether a model of these sets was trained on open ones, and on what was made of them."""
    return all(terms_of(name) in ("open", "as the originals") for name in sources)


def _texts_by_others(sources: Mapping[str, int], terms: Terms) -> int:
    return sum(n for name, n in sources.items() if terms_of(name) == terms and name != OURS)


def table(sources: Mapping[str, int]) -> list[str]:
    """Return the card's table of these sets and the number of their texts."""
    lines = [
        "## Made from",
        "| set | texts | made by, or of | licence as its source states it | terms |",
        "|---|---|---|---|---|",
    ]
    for name, count in sources.items():
        found = LICENCES.get(name, _UNKNOWN)
        licence = found.licence
        lines.append(f"| {name} | {count} | {found.made_by} | {licence.name} | {licence.terms} |")
    return lines


_WEIGHTS = """\
## Licences
The weights are numbers that were learned from these texts; no text and no word is stored in them.
Like the program they are under the MIT licence. It covers the work of this project and gives
nobody rights in the texts. Whether learning from a text needs its author's permission differs from
country to country. Of the texts by others
"""
_OPEN = """\
- {0:,} are **open**: anyone may use them for any purpose. MIT, CC BY and CC BY-SA ask that the
  authors be named, as they are in the table: keep it with the weights. CC BY-SA also asks that an
  adaptation of the texts stay under CC BY-SA; the weights are not taken for one here.
"""
_LIMITED = """\
- {0:,} are **limited**: free for research only, or under OpenRAIL++, which forbids a list of uses
  to everyone who is given the texts or what was made of them.
- {1:,} are **not stated**: nobody said that they may be used. A licence of the repository that
  they lie in does not count where it does not say whose they are.

If you need a licence for every text behind the weights, train on the open sets alone, with
`make model OPEN=yes`. The translations and disguised copies are then made of open texts only.
"""
_ALL_OPEN = """
No text under other terms, and nothing made of one, was used: this model was trained with
`make model OPEN=yes`.
"""


def section(sources: Mapping[str, int]) -> list[str]:
    """Return what the card says of the licences of these sets, and what follows from them."""
    counts = [_texts_by_others(sources, terms) for terms in ("open", "limited", "not stated")]
    rest = _ALL_OPEN if all_open(sources) else _LIMITED.format(*counts[1:])
    return (_WEIGHTS + "\n" + _OPEN.format(counts[0]) + rest).splitlines()
