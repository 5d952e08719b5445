"""The rules of the policy, in `RULES`: the first that returns a verdict decides.

A rule takes the submission, its scores and the site's policy, and returns a verdict or None.
"""

import re
from collections.abc import Callable, Mapping

from comments.text import links
from moderation.classifier.scores import Scores
from moderation.policy import names, websites
from moderation.policy.personal_data import personal_data
from moderation.policy.reading import find_phrases
from moderation.policy.threats import threatens
from moderation.policy.verdict import Measure, Outcome, Policy, Reason, Submission, Verdict

Rule = Callable[[Submission, Scores, Policy], Verdict | None]

_LETTERS_TO_DETECT = 12
# Letters of the Latin and Cyrillic scripts.
_KNOWN_LETTER = re.compile("[A-Za-zÀ-ɏЀ-ԯᴀ-ỿＡ-Ｚａ-ｚ]")


def banned_author(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Reject a banned author, and newcomers from a banned network.

    Whoever has a clean record there is held instead: they answer for nobody but themselves.
    """
    by_stranger = not submission.by_known_author and submission.author_measure != Measure.TRUST
    from_there = submission.network_measure == Measure.BAN and by_stranger
    if submission.author_measure == Measure.BAN or from_there:
        return Verdict(Outcome.REJECT, Reason.AUTHOR_BANNED)
    return None


def unknown_language(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold texts in other languages, for which scores mean little.

    A few Latin letters are not enough to detect a language; two letters of another script are.
    """
    if scores.language != "other":
        return None
    letters = sum(map(str.isalpha, submission.scored_text))
    of_known_scripts = len(_KNOWN_LETTER.findall(submission.scored_text))
    in_another_script = letters > 1 and of_known_scripts * 2 < letters
    if in_another_script or letters >= _LETTERS_TO_DETECT:
        return Verdict(Outcome.HOLD, Reason.LANGUAGE)
    return None


def threat(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold threats, never reject them: a pattern cannot be sure who threatens whom."""
    if threatens(submission.text, submission.own_text):
        return Verdict(Outcome.HOLD, Reason.HATE)
    return None


def disclosure(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold personal data, never reject it: a person has to see whose it is and who gave it."""
    if personal_data(submission.text, policy.own_numbers):
        return Verdict(Outcome.HOLD, Reason.PERSONAL_DATA)
    return None


def over_reject_threshold(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Reject on a score with evidence (see classifier.certainty); hold on a high score alone."""
    limits = policy.limits_for(submission, scores)
    sure = {name: min(scores.sure[name], score) for name, score in scores.items()}
    if over := _worst_over(sure, limits, "reject_at"):
        return Verdict(Outcome.REJECT, over)
    if over := _worst_over(scores, limits, "reject_at"):
        return Verdict(Outcome.HOLD, over)
    return None


def banned_word(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold the site's banned phrases: whole words, unless the list has a star."""
    written = (submission.author_name, submission.author_url, submission.text)
    if any(find_phrases(each, policy.banned_phrases) for each in written):
        return Verdict(Outcome.HOLD, Reason.BANNED_WORD)
    return None


def author_name(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold names that insult, give a contact, advertise or impersonate; never reject for a name."""
    name = submission.author_name
    for reason, places in (
        (Reason.NAME_INSULT, names.insults(name)),
        (Reason.NAME_CONTACT, names.contacts(name)),
        (Reason.NAME_ADVERT, names.adverts(name)),
        (Reason.IMPERSONATION, names.impersonations(name, policy.reserved_names)),
    ):
        if places:
            return Verdict(Outcome.HOLD, reason)
    return None


def website(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    if websites.suspicious_parts(submission.author_url):
        return Verdict(Outcome.HOLD, Reason.WEBSITE)
    return None


def many_links(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    if len(links(submission.text)) > policy.max_links:
        return Verdict(Outcome.HOLD, Reason.LINKS)
    return None


def campaign(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold a text from many senders, regardless of its scores, so that a person reads it once."""
    if policy.campaign_size and submission.campaign_size >= policy.campaign_size:
        return Verdict(Outcome.HOLD, Reason.CAMPAIGN)
    return None


def repeated_contact(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold one link, phone or handle from many senders: likely an advert, however polite."""
    if policy.contact_senders and submission.contact_senders >= policy.contact_senders:
        return Verdict(Outcome.HOLD, Reason.REPEATED_CONTACT)
    return None


def automated(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    if submission.looks_automated:
        return Verdict(Outcome.HOLD, Reason.AUTOMATED)
    return None


def rapid(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold what one author sends faster than a person who reads writes."""
    if 0 < policy.max_in_a_minute < submission.author_in_a_minute:
        return Verdict(Outcome.HOLD, Reason.RAPID)
    return None


def held_author(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold what else would be published, by an author or from a network that moderators watch.

    Moderators trust one browser, so its network does not matter.
    """
    trusted = submission.author_measure == Measure.TRUST
    if submission.author_measure == Measure.HOLD or (submission.network_measure and not trusted):
        return Verdict(Outcome.HOLD, Reason.AUTHOR_HELD)
    return None


def mended(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold what its author has changed after people objected to it: people look again."""
    return Verdict(Outcome.HOLD, Reason.MENDED) if submission.objected_before else None


def trusted_author(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Publish authors trusted by hand, or with enough published comments and none rejected."""
    if submission.article_held:
        return None
    enough = policy.trusted_after and submission.author_published >= policy.trusted_after
    earned = enough and not submission.author_rejected
    if earned or submission.author_measure == Measure.TRUST:
        return Verdict(Outcome.PUBLISH, Reason.TRUSTED)
    return None


def over_hold_threshold(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    if over := _worst_over(scores, policy.limits_for(submission, scores), "hold_at"):
        return Verdict(Outcome.HOLD, over)
    return None


def article_held(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Hold what no other rule holds: their reasons tell a moderator more."""
    return Verdict(Outcome.HOLD, Reason.ARTICLE_HELD) if submission.article_held else None


RULES: tuple[Rule, ...] = (
    banned_author,
    unknown_language,
    threat,
    disclosure,
    over_reject_threshold,
    banned_word,
    author_name,
    website,
    many_links,
    repeated_contact,
    campaign,
    automated,
    rapid,
    held_author,
    mended,
    trusted_author,
    over_hold_threshold,
    article_held,
)


def _worst_over(
    scores: Mapping[str, float], limits: Mapping[str, Mapping[str, float]], limit: str
) -> str | None:
    """Return the attribute that is farthest over its threshold, if any is. It is the reason."""
    margins = {name: score - limits[name][limit] for name, score in scores.items()}
    worst = max(margins, key=lambda attribute: margins[attribute])
    return worst if margins[worst] >= 0 else None
