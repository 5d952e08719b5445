"""Write card.md beside the weights: what the model is for, made from, and how well it does."""

from pathlib import Path

from moderation.classifier import store
from moderation.classifier.certainty import LEAST_LETTERS
from moderation.classifier.training import evaluate, outcomes, robustness
from moderation.classifier.training.aims import AIMS

LICENCES = {
    "toxicity_en_wikipedia_talk": "Jigsaw: CC0, text CC BY-SA",
    "toxicity_en_olid_tweets": "OLID 2019: free for research, with citation",
    "toxicity_en_paradetox_pairs": "CC0",
    "toxicity_ru_2ch_pikabu": "not stated",
    "toxicity_ru_russe_pairs": "not stated",
    "toxicity_ru_textdetox_pairs": "OpenRAIL++",
    "toxicity_ru_rudetoxifier_positives": "MIT",
    "toxicity_uk_textdetox_pairs": "OpenRAIL++",
    "spam_en_youtube": "UCI, CC BY 4.0",
    "spam_en_sms": "UCI",
    "spam_ru_telegram": "repository under GPL-3.0, origin of the texts not stated",
    "spam_ru_telegram_positives": "not stated",
    "spam_uk_swindlers_positives": "repository under GPL-3.0",
    "notspam_ukru_telegram": "not stated",
    "clean_uk_uagec": "CC BY 4.0",
    "toxic_spans_en_civil": "CC0; three quarters of it, as marked stretches and what is left",
    "composed": "written for this project; composed from the phrases in composed_*.py and phrases/",
    "disguised": "as the sets above: copies in Latin letters, leet, look-alikes or spaced letters",
    "translated_here": "as the Russian sets above, spam included; translated by apertium-rus-ukr "
    "when the model is made (the translator is GPL-3.0-or-later and no part of this program)",
    "translated_ru_uk": "as the Russian sets above; translated by apertium-rus-ukr 0.2.1",
}

PURPOSE = """\
# Model card

Model {version}. It gives a comment two scores between 0 and 1, **spam** and **toxicity**, and a
language (uk, ru, en or other).

## For
Sorting reader comments on a news or blog site in Ukrainian, Russian and English, so that a person
looks at the doubtful ones. Scores are calibrated on training texts that the model had not seen.

## Not for
- Deciding about people, or finding who wrote something.
- Other languages: a text marked "other" has scores that mean little.
- Threats, hate against groups and self-harm as categories of their own: the sets have too few
  labelled examples to learn or to measure them.
- Names and addresses of websites, which are no sentences: a surname would count as an insult. They
  are judged by rules of their own (`moderation/policy/names.py`, `moderation/policy/websites.py`).
- Whether a statement is true, legal, or part of a campaign.

## How
Texts are folded (width, case, hidden characters, look-alike letters in mixed-script words, leet,
letters set apart, repeated letters, and the letters that Ukrainian and Russian spell differently),
cut into character n-grams of 2 to 5 within words, words and pairs of words, hashed into 2^19
buckets, and weighed by logistic regression together with a few hand-made signals (links, handles,
phones, money, capitals). While training, columns are scaled by how much more they go with one label
than with the other (naive Bayes log-count ratios), which is folded into the weights. Russian texts
teach Ukrainian through machine translation; text in Latin letters is learnt from copies written in
seven ways of transliteration. Contempt without swear words, advertising under news and names of
groups are also learnt from texts composed for this project, which are no sample of what people
write: they are in no figure below. A text's score is that of the whole, or of its worst part (a
sentence or two, 30 characters at the least) where that is worse by more than chance would make the
worst of so many. Of a text over 5,000 characters the first 4,000 and the last 1,000 are read. No
words of the training texts are stored.
"""

FAILURES = """\
## Known failures
- Sarcasm and contempt without an insulting word ("of course, our genius minister knows better")
  mostly score low.
- Quoting an insult in order to object to it scores almost like the insult, however long the
  comment around the quotation is. It is held for that, and never rejected.
- An insult of a word or two in a comment that is long and otherwise civil is mostly missed.
- Short flattery looks like honest praise ("great article, thank you"), whatever stands in the
  author's name or website, which the model does not read; and a reader who praises an article at
  length in stock phrases looks like spam.
- Threats that name no harm ("we will visit you, wait for us") mostly score low.
- Posts exported with their markup (lists of bold and link entities) score as spam.
- Sentences that name a group of people may score higher than the same sentence without the name.
- Phone numbers and prices in honest comments raise the spam score.
- Ukrainian or Russian in Latin letters is scored less well than in its own. Its language is found
  in 95 % and 91 % of the comments of dev, written anew in Latin letters; Croatian, Latvian and
  others are sometimes taken for it. A comment that is mostly a link is given as en or other.
- Words that are wholly of another script are not read: only letters of another script within a
  word, and odd shapes of letters, count as a sign of spam.
- Words that are rude in one place and plain in another ("chicken", "sheep", "clown" said of a
  show) follow the ruder use.
"""


def _sources(info: dict[str, dict[str, int]]) -> list[str]:
    lines = ["## Made from", "| set | texts | licence as stated by its source |", "|---|---|---|"]
    for name, count in info["sources"].items():
        lines.append(f"| {name} | {count} | {LICENCES.get(name, 'not stated')} |")
    return lines


def _thresholds(info: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    lines = [
        "## Thresholds",
        "Chosen on training texts that the model had not seen (toxicity: nor any of their",
        "family of sources), so that this share of clean texts reaches them, families counting by",
        "the root of their size and composed texts not at all. Texts are taken as a whole there:",
        "what their parts add, and what the thresholds cost elsewhere, is in the last column of",
        "the figures. `hold_at` is at least 0.7 for spam and 0.5 for toxicity.",
        "",
        "A text is rejected where its score reaches `reject_at` and so does what is left of the",
        "score without hand-made signals and without quotations, as a whole and in its parts on",
        f"average, in at least {LEAST_LETTERS} letters. Otherwise it is held. `reject_at` is then",
        "raised until no clean text of the sets under Figures is rejected.",
        "",
        "| attribute | hold_at | clean held | reject_at before it was raised | clean rejected "
        "| reject_at |",
        "|---|---|---|---|---|---|",
    ]
    for name, values in info["thresholds"].items():
        aim = AIMS[name]
        lines.append(
            f"| {name} | {values['hold_at']} | at most {aim.held:.2%} "
            f"| {values['reject_at_least']} | at most {aim.rejected:.2%} | {values['reject_at']} |"
        )
    shares = ", ".join(f"{aim.share:.0%} {name}" for name, aim in AIMS.items())
    return [*lines, "", f"Scores are calibrated for a site whose comments are: {shares}."]


def _figures(folder: Path, dev: Path) -> list[str]:
    classifier = store.load(folder)
    lines = [
        "## Figures",
        "On sets from other sources than the training texts. ECE is the calibration error; clean",
        "held is the share of texts without the attribute that reach `hold_at`. AUC comes with the",
        "half width of its 95 % confidence interval. Languages are the classifier's own guesses.",
        "Choices between models, the least hold_at for spam, the identity terms of composed texts",
        "and how parts of a text count were made with these sets in view, so the figures flatter.",
        "A set where half of the texts are toxic cannot agree with scores calibrated for a fifth.",
        "",
        *evaluate.HEADING,
    ]
    for path in sorted(dev.glob("*.jsonl")):
        lines.extend(evaluate.table(path.stem, evaluate.evaluate(classifier, path)))
    return lines


def _outcomes(folder: Path, dev: Path) -> list[str]:
    classifier = store.load(folder)
    lines = [
        "## Rejected, held, published",
        "What the recommended thresholds do with each set, one attribute at a time.",
        "",
        *outcomes.HEADING,
    ]
    for path in sorted(dev.glob("*.jsonl")):
        lines.extend(outcomes.table(path.stem, outcomes.outcomes(classifier, path)))
    return lines


def write(folder: Path, data: Path) -> None:
    """Write `folder`/card.md about the model there, with figures for each set in `data`/dev."""
    info = store.read_info(folder)
    sections = [_sources(info), _thresholds(info), _figures(folder, data / "dev")]
    sections.append(_outcomes(folder, data / "dev"))
    sections += robustness.report(store.load(folder), data)
    parts = [PURPOSE.format(version=info["version"])]
    parts.extend("\n".join(lines) + "\n" for lines in sections)
    (folder / "card.md").write_text("\n".join([*parts, FAILURES]), encoding="utf-8")
