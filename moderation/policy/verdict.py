"""The data types of the policy: submission, thresholds, policy settings, verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from moderation.classifier.scores import Scores


class Outcome(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REJECT = "reject"
    # By the author alone, never by the policy or a moderator.
    WITHDRAW = "withdraw"


class Measure(StrEnum):
    """What moderators decided about an author."""

    HOLD = "hold"
    BAN = "ban"
    TRUST = "trust"


class Reason(StrEnum):
    """The reason of an outcome: the first group is the policy's, the second also a moderator's.

    For a comment held or rejected by a score the reason is the attribute. Values are stored; they
    have at most 20 characters.
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
    RAPID = "rapid"
    UNSCORED = "unscored"
    REPORTED = "reported"
    AUTHOR_HELD = "author_held"
    ARTICLE_HELD = "article_held"
    RETURNED = "returned"
    MENDED = "mended"
    APPEALED = "appealed"
    IMPORTED = "imported"

    SPAM = "spam"
    TOXICITY = "toxicity"
    HATE = "hate"
    PERSONAL_DATA = "personal_data"
    OFF_TOPIC = "off_topic"
    REPEAT = "repeat"
    AUTHOR_BANNED = "author_banned"
    REVIEWED = "reviewed"
    KEPT = "kept"
    ERASED = "erased"
    EXPIRED = "expired"
    PROBE = "probe"
    WITHDRAWN = "withdrawn"


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
    Reason.RAPID,
    Reason.LANGUAGE,
    Reason.UNSCORED,
    Reason.REPORTED,
    Reason.AUTHOR_HELD,
    Reason.ARTICLE_HELD,
    Reason.RETURNED,
    Reason.MENDED,
    Reason.APPEALED,
    Reason.IMPORTED,
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
    """A comment and what is known about its author, as the policy sees them."""

    text: str
    # Without what it quotes from its page, if it does: that was said and published by others.
    own_text: str = ""
    author_name: str = ""
    author_url: str = ""
    author_published: int = 0
    author_rejected: int = 0
    # How many comments the author has sent within the last minute, this one included.
    author_in_a_minute: int = 1
    # The number of recent senders of this text, rewritten or not, and of a link or contact in it;
    # 0 outside campaigns.
    campaign_size: int = 0
    contact_senders: int = 0
    looks_automated: bool = False
    # A `Measure` in force about the author, and one about the network: others write from there too.
    author_measure: str = ""
    network_measure: str = ""
    # A moderator has set the article so that every comment on it is held.
    article_held: bool = False
    # A moderator or readers have decided against an earlier version.
    objected_before: bool = False

    @property
    def scored_text(self) -> str:
        """What the model scores, and so what its findings are about."""
        return self.own_text or self.text

    @property
    def by_known_author(self) -> bool:
        """Whether the author has a record at this site, and a clean one."""
        return self.author_published > 0 and not self.author_rejected


@dataclass(frozen=True)
class Thresholds:
    """The scores at which an attribute holds a comment for a person, or rejects it.

    Known authors are held from `hold_known_at`, unless that is lower than `hold_at`.
    """

    hold_at: float
    reject_at: float
    hold_known_at: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The settings of a site: thresholds by attribute and the limits of the rules."""

    thresholds: Mapping[str, Thresholds]
    # For scores that are not complete; without them the others apply.
    fast_thresholds: Mapping[str, Thresholds] = field(default_factory=dict)
    banned_phrases: tuple[str, ...] = ()
    # Names that readers may not use: the site's and those of its staff.
    reserved_names: tuple[str, ...] = ()
    # Cards, accounts and phones that the site itself publishes.
    own_numbers: tuple[str, ...] = ()
    max_links: int = 2
    trusted_after: int = 0
    # More comments of one author within a minute are held; 0 for no limit.
    max_in_a_minute: int = 0
    campaign_size: int = 0
    contact_senders: int = 0

    def limits_for(self, submission: Submission, scores: Scores) -> dict[str, dict[str, float]]:
        """The limits in force for this author and these scores, by attribute.

        A decision stores them.
        """
        thresholds = self.thresholds if scores.is_complete else self.fast_thresholds
        return {
            name: {
                "hold_at": max(each.hold_at, each.hold_known_at * submission.by_known_author),
                "reject_at": each.reject_at,
            }
            for name, each in (thresholds or self.thresholds).items()
        }


@dataclass(frozen=True)
class Verdict:
    """An outcome and its reason: one of `Reason`, or another attribute of the model."""

    outcome: Outcome
    reason: str
    # The id of the site's own reason that a moderator gave; it counts as `reason`.
    own_reason: int | None = None
