"""Verdicts as a table. Needs no database and no model."""

from dataclasses import replace

import pytest

from comments.text import links
from moderation.classifier import Scores
from moderation.policy.decide import decide
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict
from tests.moderation.policy.scores import scored

POLICY = Policy(thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.4, 0.8)})


CIVIL = Submission(text="Міст треба було лагодити ще торік.")

SCORES = [
    (scored(), Outcome.PUBLISH, Reason.CLEAN),
    (scored(spam=0.49, toxicity=0.39), Outcome.PUBLISH, Reason.CLEAN),
    (scored(spam=0.5), Outcome.HOLD, Reason.SPAM),
    (scored(toxicity=0.4), Outcome.HOLD, Reason.TOXICITY),
    (scored(spam=0.9), Outcome.REJECT, Reason.SPAM),
    (scored(toxicity=0.8), Outcome.REJECT, Reason.TOXICITY),
    (scored(spam=0.6, toxicity=0.7), Outcome.HOLD, Reason.TOXICITY),
    (scored(spam=1.0, toxicity=0.85), Outcome.REJECT, Reason.SPAM),
    (scored(spam=1.0, language="other"), Outcome.HOLD, Reason.LANGUAGE),
    (scored(toxicity=1.0, sure_toxicity=0.79), Outcome.HOLD, Reason.TOXICITY),
    (scored(spam=1.0, sure_spam=0.89), Outcome.HOLD, Reason.SPAM),
    (scored(spam=1.0, sure_spam=0.9), Outcome.REJECT, Reason.SPAM),
    (scored(spam=1.0, sure_spam=0, toxicity=0.8), Outcome.REJECT, Reason.TOXICITY),
    (scored(spam=1.0, sure_spam=float("nan")), Outcome.HOLD, Reason.SPAM),
]


@pytest.mark.parametrize(("scores", "outcome", "reason"), SCORES)
def test_the_thresholds_decide_by_the_scores(
    scores: Scores, outcome: Outcome, reason: Reason
) -> None:
    assert decide(CIVIL, scores, POLICY) == Verdict(outcome, reason)


LINKS = "https://a.example www.b.example http://c.example"

RULES = [
    ("a few letters tell no language", {"text": "ok :)"}, scored(language="other"), {}, "clean"),
    ("no letters tell no language", {"text": "12:0 🎉"}, scored(language="other"), {}, "clean"),
    ("two letters of another script are another language",
     {"text": "谢谢"}, scored(language="other"), {},
     "language"),
    ("a word in another script is another language",
     {"text": "Ευχαριστώ"}, scored(language="other"), {}, "language"),
    ("another script is never spam", {"text": "谢谢你们"}, scored(spam=1, language="other"), {},
     "language"),
    ("a shrug is no language", {"text": "¯\\_(ツ)_/¯"}, scored(language="other"), {}, "clean"),
    ("two links pass", {"text": LINKS[:35]}, scored(), {}, "clean"),
    ("an address is one link", {"text": "https://www.a.example та https://www.b.example"}, scored(),
     {}, "clean"),
    ("bare sites are links", {"text": "один.com два.org.ua три.net"}, scored(), {}, "links"),
    ("an e-mail is no site", {"text": "a@a.com b@b.com c@c.com"}, scored(), {}, "clean"),
    ("three links are held", {"text": LINKS}, scored(), {}, "links"),
    ("certain spam is rejected and not held for its links",
     {"text": LINKS}, scored(spam=1), {}, "spam"),
    ("a listed word is held", {"text": "Який ПРОНОЗА!"}, scored(), {"banned_phrases": ("проноза",)},
     "banned_word"),
    ("a listed name is held",
     {"author_name": "Проноза"}, scored(), {"banned_phrases": ("проноза",)},
     "banned_word"),
    ("a word inside another means nothing", {"text": "Пронозливість"}, scored(),
     {"banned_phrases": ("проноза", "пронозливіст")}, "clean"),
    ("trust is off unless set", {"author_published": 99}, scored(toxicity=0.5), {}, "toxicity"),
    ("trust outweighs doubt", {"author_published": 5}, scored(toxicity=0.5),
     {"trusted_after": 5}, "trusted"),
    ("trust is earned first", {"author_published": 4}, scored(toxicity=0.5),
     {"trusted_after": 5}, "toxicity"),
    ("one rejection ends trust", {"author_published": 9, "author_rejected": 1},
     scored(toxicity=0.5), {"trusted_after": 5}, "toxicity"),
    ("trust does not outweigh a score that would reject with more evidence",
     {"author_published": 9},
     scored(toxicity=0.9, sure_toxicity=0), {"trusted_after": 5}, "toxicity"),
    ("trust does not outweigh one text from many senders",
     {"author_published": 9, "campaign_size": 5}, scored(),
     {"trusted_after": 5, "campaign_size": 5}, "campaign"),
    ("trust does not outweigh one contact from many senders",
     {"author_published": 9, "contact_senders": 3}, scored(),
     {"trusted_after": 5, "contact_senders": 3}, "repeated_contact"),
    ("trust does not outweigh signs of a program",
     {"author_published": 9, "looks_automated": True}, scored(),
     {"trusted_after": 5}, "automated"),
    ("a fourth comment in a minute is held", {"author_in_a_minute": 4}, scored(),
     {"max_in_a_minute": 3}, "rapid"),
    ("a third one is not", {"author_in_a_minute": 3}, scored(), {"max_in_a_minute": 3}, "clean"),
    ("any number passes unless a limit is set", {"author_in_a_minute": 99}, scored(), {}, "clean"),
    ("trust does not outweigh haste", {"author_published": 9, "author_in_a_minute": 4}, scored(),
     {"trusted_after": 5, "max_in_a_minute": 3}, "rapid"),
    ("everything on an article that is held waits", {"article_held": True}, scored(), {},
     "article_held"),
    ("trust does not outweigh the hold of an article",
     {"author_published": 9, "article_held": True}, scored(), {"trusted_after": 5},
     "article_held"),
    ("a score says more than the hold of an article", {"article_held": True},
     scored(toxicity=0.5), {}, "toxicity"),
    ("one sender fewer than the limit is no campaign", {"campaign_size": 4}, scored(),
     {"campaign_size": 5}, "clean"),
    ("one sender fewer than the limit is no repeated contact",
     {"contact_senders": 2}, scored(), {"contact_senders": 3}, "clean"),
    ("campaigns are off unless set", {"campaign_size": 99, "contact_senders": 99}, scored(), {},
     "clean"),
    ("twelve letters tell a language", {"text": "hyvää päivääs"}, scored(language="other"), {},
     "language"),
    ("eleven letters tell none", {"text": "hyvää päivää"}, scored(language="other"), {}, "clean"),
    ("a name with another script's letter is no language", {"text": "Zoë Ω"},
     scored(language="other"), {}, "clean"),
    ("one letter of another script is none", {"text": "Ω"}, scored(language="other"), {}, "clean"),
    ("half of each script is none", {"text": "oкΩΨ"}, scored(language="other"), {}, "clean"),
    ("a listed word in the website is held", {"author_url": "https://pronoza.example"}, scored(),
     {"banned_phrases": ("pronoza",)}, "banned_word"),
    ("trust does not outweigh certainty", {"author_published": 9}, scored(toxicity=0.9),
     {"trusted_after": 5}, "toxicity"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "scores", "settings", "reason"),
    [case[1:] for case in RULES],
    ids=[c[0] for c in RULES],
)
def test_the_first_rule_that_has_a_verdict_decides(
    facts: dict[str, object], scores: Scores, settings: dict[str, object], reason: str
) -> None:
    submission = replace(CIVIL, **facts)  # type: ignore[arg-type]
    assert decide(submission, scores, replace(POLICY, **settings)).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "settings"),
    [
        ({"text": LINKS}, {}),
        ({"author_name": "Проноза"}, {"banned_phrases": ("проноза",)}),
        ({"campaign_size": 5}, {"campaign_size": 5}),
        ({"contact_senders": 3}, {"contact_senders": 3}),
        ({"looks_automated": True}, {}),
        ({"article_held": True}, {}),
    ],
)
def test_a_held_submission_is_rejected_if_its_score_is_certain(
    facts: dict[str, object], settings: dict[str, object]
) -> None:
    submission, policy = replace(CIVIL, **facts), replace(POLICY, **settings)  # type: ignore[arg-type]
    assert decide(submission, scored(), policy).outcome == Outcome.HOLD
    assert decide(submission, scored(spam=1.0), policy).outcome == Outcome.REJECT


def test_each_link_is_found_with_its_span() -> None:
    text = "dim.com, https://a.example/x і www.b.example, lis.org.ua"
    found = [text[start:end] for start, end in links(text)]
    assert found == ["dim.com", "https://a.example/x", "www.b.example", "lis.org.ua"]
