"""A text of another system gets the verdict that the site's own comment would get."""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from comments.models import Comment, SiteKey, Status
from comments.protocols.judging import Check, judge
from comments.protocols.keys import require_check_key
from moderation import model_registry
from moderation.accounts.models import User
from moderation.author_measures import Terms, set_measure
from moderation.models import Scope
from moderation.policy.verdict import Measure, Outcome, Reason
from moderation.services import moderate
from tests.comments.protocols.texts import CLEAN, INSULT, SPAM
from tests.makers import make_comment, set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_second_judge_has_time")]


@pytest.fixture
def site_key(check_key: Callable[..., str]) -> SiteKey:
    return require_check_key(check_key())


@pytest.mark.parametrize("text", [CLEAN, SPAM, INSULT])
def test_it_is_judged_like_a_comment_of_ours(site_key: SiteKey, text: str) -> None:
    comment = make_comment(text=text, status=Status.PENDING, author_name="Олена")
    moderate(comment_id=comment.pk)
    decision = comment.decisions.get()
    judged = judge(site_key=site_key, check=Check(text=text, author_name="Олена"))
    assert (judged.verdict.outcome, judged.verdict.reason) == (decision.outcome, decision.reason)
    assert judged.scores == pytest.approx(decision.scores)
    assert (judged.language, judged.model_version) == ("uk", decision.model_version)
    assert Comment.objects.count() == 1


def test_the_sites_own_policy_decides(site_key: SiteKey) -> None:
    assert judge(site_key=site_key, check=Check(text=CLEAN)).verdict.outcome == Outcome.PUBLISH
    set_policy(banned_words="міст")
    verdict = judge(site_key=site_key, check=Check(text=CLEAN)).verdict
    assert (verdict.outcome, verdict.reason) == (Outcome.HOLD, Reason.BANNED_WORD)


def test_a_filled_in_trap_of_its_form_holds_it(site_key: SiteKey) -> None:
    verdict = judge(site_key=site_key, check=Check(text=CLEAN, looks_automated=True)).verdict
    assert verdict.reason == Reason.AUTOMATED


def test_measures_about_the_e_mail_and_the_network_apply(site_key: SiteKey) -> None:
    user = User.objects.create_superuser("olena")
    comment = make_comment(author_email="olena@example.org", address="203.0.113.9")
    tomorrow = timezone.now() + dt.timedelta(days=1)
    for scope in (Scope.AUTHOR, Scope.NETWORK):
        terms = Terms(kind=Measure.HOLD, scope=scope, reason="спам", until=tomorrow)
        set_measure(comment=comment, terms=terms, user=user)
    sent = Check(text=CLEAN)
    assert judge(site_key=site_key, check=sent).verdict.outcome == Outcome.PUBLISH
    by_email = replace(sent, author_email="Olena@example.org")
    from_network = replace(sent, address="203.0.113.9")
    for each in (by_email, from_network):
        assert judge(site_key=site_key, check=each).verdict.reason == Reason.AUTHOR_HELD


def test_the_places_of_an_attribute_are_those_of_the_words(site_key: SiteKey) -> None:
    judged = judge(site_key=site_key, check=Check(text=f"{CLEAN} {INSULT}"))
    marked = [f"{CLEAN} {INSULT}"[start:end] for start, end in judged.spans["toxicity"]]
    assert any("ідіот" in each for each in marked)


def test_without_time_the_words_alone_decide_by_their_own_thresholds(
    site_key: SiteKey, settings: Any
) -> None:
    settings.CHECK_JUDGE_SECONDS = 0.0
    found = judge(site_key=site_key, check=Check(text=INSULT))
    assert not found.assessment.scores.is_complete
    assert found.scores == pytest.approx(dict(model_registry.for_site().fast.score([INSULT])[0]))
    assert found.verdict.outcome != Outcome.PUBLISH


def test_a_second_judge_that_hangs_delays_nobody(
    site_key: SiteKey, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = model_registry.for_site().members[0]
    asked: list[int] = []
    done = threading.Event()

    def hang(*_arguments: object) -> object:
        asked.append(1)
        done.wait(10)
        raise RuntimeError

    judge(site_key=site_key, check=Check(text=CLEAN))
    monkeypatch.setattr(member.judge, "ask", hang)
    settings.CHECK_JUDGE_SECONDS = 0.2
    try:
        found = [judge(site_key=site_key, check=Check(text=CLEAN)) for _ in range(2)]
    finally:
        done.set()
    assert asked == [1]
    assert not any(each.assessment.scores.is_complete for each in found)


def test_neither_text_nor_e_mail_is_logged(
    site_key: SiteKey, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sent = Check(text=SPAM, author_email="olena@example.org", address="203.0.113.9")
        judge(site_key=site_key, check=sent)
    assert not [s for s in ("казино", "olena@", "203.0.113.9") if s in caplog.text]
