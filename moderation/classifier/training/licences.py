"""The licence of each training set, as its source states it.

The card's sections on training data and licences, and the sets that OPEN=yes trains on, follow
from this table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Terms = Literal["open", "limited", "not stated", "as the originals"]


@dataclass(frozen=True)
class Licence:
    """A licence as its source states it, and its terms.

    open: anyone may use, change and pass on the texts for any purpose; the licence may require
    that it is kept and the authors are named.
    limited: not anyone, or not for every purpose.
    not stated: there is no statement that the texts may be used.
    as the originals: the texts were made here from other sets.
    """

    name: str
    terms: Terms


@dataclass(frozen=True)
class Provenance:
    """Who made a set, or what it was made from, and its licence."""

    made_by: str
    licence: Licence


CC0 = Licence("CC0 1.0", "open")
CC_BY = Licence("CC BY 4.0", "open")
CC0_AND_CC_BY_SA = Licence("labels CC0 1.0, comments CC BY-SA 3.0", "open")
MIT = Licence("MIT", "open")
RESEARCH = Licence("free for research, with citation", "limited")
PARTLY_RESEARCH = Licence("UCI; taken in part from what is free for research", "limited")
# Forbids a list of uses to everyone who receives the texts or works made from them.
OPENRAIL = Licence("OpenRAIL++", "limited")
NOT_STATED = Licence("not stated", "not stated")
# The owner of the texts is not stated, so the licence of a program cannot cover them.
GPL_REPOSITORY = Licence("repository under GPL-3.0, origin of the texts not stated", "not stated")
MIT_AND_RESEARCH = Licence("repository under MIT, the corpus for research", "limited")
CORPUS_NOT_STATED = Licence("repository under MIT, that of the corpus not stated", "not stated")
ORIGINALS = Licence("as the texts it was made from", "as the originals")

LICENCES: Mapping[str, Provenance] = {
    "toxicity_en_wikipedia_talk": Provenance(
        "Jigsaw / Conversation AI; comments by the editors of Wikipedia", CC0_AND_CC_BY_SA
    ),
    "toxicity_en_olid_tweets": Provenance("Zampieri et al. 2019 (OLID); tweets", RESEARCH),
    "toxicity_en_paradetox_pairs": Provenance("Logacheva et al. 2022 (ParaDetox)", CC0),
    "toxicity_en_toxigen": Provenance(
        "Hartvigsen et al. 2022 (ToxiGen); statements written by a machine, rated by people",
        CORPUS_NOT_STATED,
    ),
    "toxicity_en_implicit_hate": Provenance(
        "ElSherief et al. 2021 (implicit hate); tweets of extremist groups", MIT_AND_RESEARCH
    ),
    "toxicity_en_hatemoji": Provenance("Kirk et al. 2022 (HatemojiBuild)", CC_BY),
    "toxicity_ru_2ch_pikabu": Provenance("comments from two Russian forums", NOT_STATED),
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
        "Pavlopoulos et al. 2021 (SemEval task 5), from Civil Comments; three quarters of it, "
        "split into the marked words and the rest",
        CC0,
    ),
    "translated_ru_uk": Provenance(
        "Russian texts of the sets above, translated by apertium-rus-ukr 0.2.1", ORIGINALS
    ),
    "translated_here": Provenance(
        "Russian texts of the sets above, translated by apertium-rus-ukr during training (the "
        "translator is GPL-3.0-or-later and not part of this program)",
        ORIGINALS,
    ),
    "composed": Provenance("this project, from the phrases in `training/phrases/`", MIT),
    "templates": Provenance(
        "this project, from the comments with alternatives in `training/phrases/templates/`", MIT
    ),
    "disguised": Provenance(
        "copies of the texts above in Latin letters, leet, look-alikes or spaced letters", ORIGINALS
    ),
}
OURS = ("composed", "templates")
_UNKNOWN = Provenance("not known", NOT_STATED)


def terms_of(name: str) -> Terms:
    """Return the terms of this set; "not stated" if it is not in the table."""
    return LICENCES.get(name, _UNKNOWN).licence.terms


def is_open(name: str) -> bool:
    """Whether anyone may use the texts of this set for any purpose."""
    return terms_of(name) == "open"


def all_open(sources: Iterable[str]) -> bool:
    """Whether a model of these sets was trained only on open texts and texts made from them."""
    return all(terms_of(name) in ("open", "as the originals") for name in sources)


def _texts_by_others(sources: Mapping[str, int], terms: Terms) -> int:
    return sum(n for name, n in sources.items() if terms_of(name) == terms and name not in OURS)


def table(sources: Mapping[str, int]) -> list[str]:
    """Return the card's table of these sets with the number of texts in each."""
    lines = [
        "## Made from",
        "| set | texts | made by or from | licence as its source states it | terms |",
        "|---|---|---|---|---|",
    ]
    for name, count in sources.items():
        found = LICENCES.get(name, _UNKNOWN)
        licence = found.licence
        lines.append(f"| {name} | {count} | {found.made_by} | {licence.name} | {licence.terms} |")
    return lines


_WEIGHTS = """\
## Licences
The weights are numbers learned from these texts; they contain no text and no word. Like the
program, they are under the MIT licence, which covers the work of this project and gives no rights
in the texts. Whether learning from a text needs its author's permission differs from country to
country. Of the texts by others
"""
_OPEN = """\
- {0:,} are **open**: anyone may use them for any purpose. MIT, CC BY and CC BY-SA require that the
  authors are named, as in the table, so keep it with the weights. CC BY-SA also requires that
  adaptations of the texts stay under CC BY-SA; this project does not regard the weights as one.
"""
_LIMITED = """\
- {0:,} are **limited**: free for research only, or under OpenRAIL++, which forbids a list of uses
  to everyone who receives the texts or works made from them.
- {1:,} are **not stated**: there is no statement that they may be used. The licence of the
  repository that contains them does not count if it does not say who owns them.

If you need a licence for every text behind the weights, train only on the open sets with
`make model OPEN=yes`. Translations and disguised copies are then made from open texts only.
"""
_ALL_OPEN = """
No text under other terms, and nothing made from one, was used: this model was trained with
`make model OPEN=yes`.
"""


def section(sources: Mapping[str, int]) -> list[str]:
    """Return the card's section on the licences of these sets and their consequences."""
    counts = [_texts_by_others(sources, terms) for terms in ("open", "limited", "not stated")]
    rest = _ALL_OPEN if all_open(sources) else _LIMITED.format(*counts[1:])
    return (_WEIGHTS + "\n" + _OPEN.format(counts[0]) + rest).splitlines()
