"""Write card.md beside the weights: what the model is for, made from, and how well it does."""

from pathlib import Path

from moderation.classifier import store
from moderation.classifier.certainty import LEAST_LETTERS
from moderation.classifier.training import comparison, evaluate, licences, outcomes, robustness
from moderation.classifier.training.aims import AIMS

OPEN_MODEL = Path("var/model-open")

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


FAILURES_OF_OPEN = FAILURES.replace(
    "## Known failures\n",
    "## Known failures\n"
    "Found with the shipped model; this one has seen fewer texts and fails more often.\n\n",
)


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


def write(folder: Path, data: Path, open_folder: Path = OPEN_MODEL) -> None:
    """Write `folder`/card.md about the model there, with figures for each set in `data`/dev.

    If the model is not itself trained on the open sets alone, the one in `open_folder` is measured
    beside it.
    """
    info, dev = store.read_info(folder), data / "dev"
    sources = info["sources"]
    sections = [licences.table(sources), licences.section(sources), _thresholds(info)]
    sections += [_figures(folder, dev), _outcomes(folder, dev)]
    if not licences.all_open(sources):
        sections.append(comparison.section(folder, open_folder, dev))
    sections += robustness.report(store.load(folder), data)
    failures = FAILURES_OF_OPEN if licences.all_open(sources) else FAILURES
    parts = [PURPOSE.format(version=info["version"])]
    parts.extend("\n".join(lines) + "\n" for lines in sections)
    (folder / "card.md").write_text("\n".join([*parts, failures]), encoding="utf-8")
