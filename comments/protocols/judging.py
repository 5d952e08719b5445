"""Judge a text of another system as the site's own comments are judged, without storing one.

The fast judge scores it in this process, and the second one within CHECK_JUDGE_SECONDS. What the
policy knows only of stored comments (the author's record, campaigns, the article) is left out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from comments.checks import Findings, TextFacts
from comments.identity import address_key, author_key
from comments.models import SiteKey
from comments.protocols import in_time
from moderation import author_measures, model_registry
from moderation.policy.decide import decide_without
from moderation.policy.reading import Span
from moderation.policy.verdict import Policy, Submission, Verdict
from moderation.scoring import spans_by_attribute
from moderation.services import Assessment, site_policy


@dataclass(frozen=True, kw_only=True)
class Check:
    """A text to judge, and what the other system says about its author; all but the text may lack.

    `looks_automated` is what its form found out, such as a hidden field that was filled in.
    """

    text: str
    author_name: str = ""
    author_email: str = ""
    author_url: str = ""
    address: str = ""
    looks_automated: bool = False

    def facts(self, site_key: SiteKey) -> TextFacts:
        """Return what may be kept of it."""
        return TextFacts(
            text=self.text,
            author_name=self.author_name,
            author_url=self.author_url,
            author_key=author_key(self.author_email, site_key.site_id) if self.author_email else "",
        )


@dataclass(frozen=True)
class Judged:
    """A text with its scores, the verdict of the site's policy, and the model that scored it."""

    assessment: Assessment
    policy: Policy
    model_version: str

    @property
    def verdict(self) -> Verdict:
        return self.assessment.verdict

    @property
    def scores(self) -> dict[str, float]:
        return dict(self.assessment.scores)

    @property
    def language(self) -> str:
        """Return "uk", "ru", "en" or "other"."""
        return self.assessment.scores.language

    @property
    def limits(self) -> dict[str, dict[str, float]]:
        """Return the thresholds `hold_at` and `reject_at` in force for it, by attribute."""
        found = self.assessment
        return self.policy.limits_for(found.submission, found.scores)

    @property
    def findings(self) -> Findings:
        """Return what may be kept of it."""
        return Findings(
            outcome=self.verdict.outcome,
            reason=self.verdict.reason,
            language=self.language,
            scores=self.scores,
            model_version=self.model_version,
        )

    def verdict_without(self, reasons: Collection[str]) -> Verdict:
        """Return the verdict as if nothing objected for these reasons."""
        found = self.assessment
        return decide_without(reasons, found.submission, found.scores, self.policy)

    @cached_property
    def spans(self) -> Mapping[str, Sequence[Span]]:
        """Return the places (start, end) that raised the fast judge's scores, by attribute."""
        return spans_by_attribute(text=self.assessment.submission.text)


def judge(*, site_key: SiteKey, check: Check) -> Judged:
    """Score a text and decide about it by the policy of the key's site. Writes nothing.

    Raises ScorerError if the text cannot be scored: the answer must not let it pass then.
    """
    model = model_registry.for_site()
    policy = site_policy(site_key.site_id, model)
    assessed = in_time.assess(_submission(site_key, check), model=model, policy=policy)
    return Judged(assessed, policy, model.version)


def _submission(site_key: SiteKey, check: Check) -> Submission:
    site = site_key.site_id
    email = author_key(check.author_email, site) if check.author_email else ""
    found = author_measures.about(author=email, network=address_key(check.address, site))
    return Submission(
        text=check.text,
        author_name=check.author_name,
        author_url=check.author_url,
        looks_automated=check.looks_automated,
        author_measure=found.author,
        network_measure=found.network,
    )
