"""Pure values that the policy works with: what is judged, by what, and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class Outcome(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REJECT = "reject"


class Reason(StrEnum):
    """Why an outcome came about: the first group is the policy's, the second a moderator's too.

    An attribute of the model is the reason of what its score holds or rejects. A value is stored,
    in at most 20 characters.
    """

    CLEAN = "clean"
    TRUSTED = "trusted"
    BANNED_WORD = "banned_word"
    LINKS = "links"
    LANGUAGE = "language"
    CAMPAIGN = "campaign"
    REPEATED_CONTACT = "repeated_contact"
    NAME_ADVERT = "name_advert"
    NAME_CONTACT = "name_contact"
    NAME_INSULT = "name_insult"
    IMPERSONATION = "impersonation"
    WEBSITE = "website"
    AUTOMATED = "automated"
    UNSCORED = "unscored"

    SPAM = "spam"
    TOXICITY = "toxicity"
    HATE = "hate"
    PERSONAL_DATA = "personal_data"
    OFF_TOPIC = "off_topic"
    REPEAT = "repeat"
    REVIEWED = "reviewed"
    ERASED = "erased"
    EXPIRED = "expired"
    PROBE = "probe"


HOLD_REASONS = (
    Reason.TOXICITY,
    Reason.HATE,
    Reason.PERSONAL_DATA,
    Reason.SPAM,
    Reason.LINKS,
    Reason.BANNED_WORD,
    Reason.CAMPAIGN,
    Reason.REPEATED_CONTACT,
    Reason.NAME_ADVERT,
    Reason.NAME_CONTACT,
    Reason.NAME_INSULT,
    Reason.IMPERSONATION,
    Reason.WEBSITE,
    Reason.AUTOMATED,
    Reason.LANGUAGE,
    Reason.UNSCORED,
)
REJECTION_REASONS = (
    Reason.SPAM,
    Reason.TOXICITY,
    Reason.HATE,
    Reason.PERSONAL_DATA,
    Reason.OFF_TOPIC,
    Reason.REPEAT,
)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A comment and what is known of its author, as the policy sees them."""

    text: str
    author_name: str = ""
    author_url: str = ""
    author_published: int = 0
    author_rejected: int = 0
    # From how many senders this text came lately, rewritten or not, and a link or contact in it;
    # 0 where there is no such company.
    campaign_size: int = 0
    contact_senders: int = 0
    looks_automated: bool = False


@dataclass(frozen=True)
class Thresholds:
    """Scores from which an attribute holds a comment for a person, or rejects it at once."""

    hold_at: float
    reject_at: float


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a site has set: thresholds by attribute and the limits of the rules."""

    thresholds: Mapping[str, Thresholds]
    banned_phrases: tuple[str, ...] = ()
    # Names that no reader has: the site's own and those of its people.
    reserved_names: tuple[str, ...] = ()
    # Cards, accounts and phones that the site has made public itself.
    own_numbers: tuple[str, ...] = ()
    max_links: int = 2
    trusted_after: int = 0
    campaign_size: int = 0
    contact_senders: int = 0

    @property
    def thresholds_on_record(self) -> dict[str, dict[str, float]]:
        """By attribute and limit, as a decision keeps them."""
        return {name: asdict(limits) for name, limits in self.thresholds.items()}


@dataclass(frozen=True)
class Verdict:
    """An outcome and its reason: one of `Reason`, or an attribute of the model that it lacks."""

    outcome: Outcome
    reason: str
