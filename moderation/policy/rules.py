"""Small checks in the order they are asked: the first that answers decides.

Each takes the submission, its scores and the site's policy, and returns a verdict or None.
"""

import re
from collections.abc import Callable, Mapping

from moderation.classifier.scores import Scores
from moderation.policy import names, websites
from moderation.policy.personal_data import personal_data
from moderation.policy.reading import Span, found
from moderation.policy.threats import threats
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Verdict

Rule = Callable[[Submission, Scores, Policy], Verdict | None]

_SITE = re.compile(
    r"(?<![\w@.-])[\w-]{2,}(?:\.[\w-]+)*\.(?:com|net|org|info|biz|io|me|ua|ru)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
_LETTERS_TO_TELL_A_LANGUAGE = 12
# Of the Latin and the Cyrillic script.
_KNOWN_LETTER = re.compile("[A-Za-zÀ-ɏЀ-ԯᴀ-ỿＡ-Ｚａ-ｚ]")


def unknown_language(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Scores mean little for a language that the model was not taught.

    A few Latin letters tell no language; two letters of another script do.
    """
    if scores.language != "other":
        return None
    letters = sum(map(str.isalpha, submission.text))
    of_known_scripts = len(_KNOWN_LETTER.findall(submission.text))
    in_another_script = letters > 1 and of_known_scripts * 2 < letters
    if in_another_script or letters >= _LETTERS_TO_TELL_A_LANGUAGE:
        return Verdict(Outcome.HOLD, Reason.LANGUAGE)
    return None


def threat(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Held and no more, whatever it scores: a pattern cannot be sure who threatens whom."""
    return Verdict(Outcome.HOLD, Reason.HATE) if threats(submission.text) else None


def discloses(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Held and no more: who gave a number away, and whose it is, a person has to read."""
    if personal_data(submission.text, policy.own_numbers):
        return Verdict(Outcome.HOLD, Reason.PERSONAL_DATA)
    return None


def surely_over(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """No person sees what is rejected, so a score alone is not enough: see classifier.certainty."""
    sure = {name: min(scores.sure[name], score) for name, score in scores.items()}
    if over := _worst_over(sure, policy, "reject_at"):
        return Verdict(Outcome.REJECT, over)
    if over := _worst_over(scores, policy, "reject_at"):
        return Verdict(Outcome.HOLD, over)
    return None


def banned_word(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Whole words only, unless the list says otherwise: inside a harmless one it means nothing."""
    written = (submission.author_name, submission.author_url, submission.text)
    if any(found(each, policy.banned_phrases) for each in written):
        return Verdict(Outcome.HOLD, Reason.BANNED_WORD)
    return None


def author_name(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """A name is never read as a sentence: it holds for what a name can do, and rejects nothing."""
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
    """One text from many senders is read once by a person, whatever each copy scores."""
    if policy.campaign_size and submission.campaign_size >= policy.campaign_size:
        return Verdict(Outcome.HOLD, Reason.CAMPAIGN)
    return None


def repeated_contact(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """One link, phone or handle from many senders is an advert, however short and polite."""
    if policy.contact_senders and submission.contact_senders >= policy.contact_senders:
        return Verdict(Outcome.HOLD, Reason.REPEATED_CONTACT)
    return None


def automated(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    if submission.looks_automated:
        return Verdict(Outcome.HOLD, Reason.AUTOMATED)
    return None


def trusted_author(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    """Enough published and none rejected outweighs doubt; what is sure was rejected above."""
    enough = policy.trusted_after and submission.author_published >= policy.trusted_after
    if enough and not submission.author_rejected:
        return Verdict(Outcome.PUBLISH, Reason.TRUSTED)
    return None


def doubtful(submission: Submission, scores: Scores, policy: Policy) -> Verdict | None:
    if over := _worst_over(scores, policy, "hold_at"):
        return Verdict(Outcome.HOLD, over)
    return None


RULES: tuple[Rule, ...] = (
    unknown_language,
    threat,
    discloses,
    surely_over,
    banned_word,
    author_name,
    website,
    many_links,
    repeated_contact,
    campaign,
    automated,
    trusted_author,
    doubtful,
)


def _worst_over(scores: Mapping[str, float], policy: Policy, limit: str) -> str | None:
    """The attribute that lies farthest over its threshold, if any does: it is the reason."""
    limits = policy.thresholds
    margins = {name: score - getattr(limits[name], limit) for name, score in scores.items()}
    worst = max(margins, key=lambda attribute: margins[attribute])
    return worst if margins[worst] >= 0 else None


def links(text: str) -> list[Span]:
    """Where addresses stand that are written out, and bare names of sites: a page links both."""
    written_out = [link.span() for link in _ADDRESS.finditer(text)]
    rest = _ADDRESS.sub(lambda link: " " * len(link[0]), text)
    return sorted([*written_out, *(site.span() for site in _SITE.finditer(rest))])
