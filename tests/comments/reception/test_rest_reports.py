"""A frontend sends readers' reports by REST, and learns what became of them."""

from typing import Any

import pytest
from django.test import Client
from limits import parse_many

from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role, make_member
from moderation.models import Report
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.comments.reception.rest import GOOD, errors, post
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db

SECRET = "s" * 36
JSON: dict[str, Any] = {"content_type": "application/json"}


def send(client: Client, comment: Comment, key: str = "mist", **over: Any) -> Any:
    address = f"/api/v1/articles/{key}/comments/{comment.pk}/reports/"
    sent = {"reason": "insult", "author_secret": SECRET, **over}
    return client.post(address, {k: v for k, v in sent.items() if v is not None}, **JSON)


def test_a_report_is_stored_and_its_outcome_can_be_followed(
    client: Client, article: Article
) -> None:
    comment = make_comment(article)
    answer = send(client, comment, sentence="Ображає авторку.", reason="hate")
    assert answer.status_code == 202
    report = Report.objects.get()
    assert (report.comment, report.reason, report.sentence) == (comment, "hate", "Ображає авторку.")
    sent = answer.json()
    assert (sent["comment_id"], sent["outcome"]) == (comment.pk, "open")
    assert "Модератор ще не ухвалив рішення" in sent["message"]
    marta, _ = make_member("marta", Role.MODERATOR)
    verdict = Verdict(Outcome.REJECT, Reason.TOXICITY)
    review_all(moderator=marta, verdict=verdict, seen={comment.pk: Seen.of(comment)})
    now = client.get(sent["status_url"], headers={"Accept-Language": "en"})
    assert now.json()["outcome"] == "upheld"
    assert "A moderator has removed it" in now.json()["message"]
    assert "no-store" in now["Cache-Control"]
    assert client.get(sent["status_url"][:-3] + "xx/").status_code == 404


def test_a_repeated_report_is_answered_with_the_first(client: Client, article: Article) -> None:
    comment = make_comment(article)
    first, again = send(client, comment), send(client, comment, reason="spam")
    assert (again.status_code, again.json()["comment_id"]) == (202, comment.pk)
    assert first.json()["outcome"] == again.json()["outcome"]
    assert Report.objects.get().reason == "insult"


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"reason": None}, {"#/reason": "required"}),
        ({"reason": "ugly"}, {"#/reason": "invalid_choice"}),
        ({"sentence": "я" * 201}, {"#/sentence": "max_length"}),
        ({"sentence": "\u202eнавпаки"}, {"#/sentence": "hidden_characters"}),
        ({"author_secret": None}, {"#/author_secret": "required"}),
        ({"author_secret": "short"}, {"#/author_secret": "min_length"}),
    ],
)
def test_invalid_fields_are_reported_one_by_one(
    client: Client, article: Article, sent: dict[str, Any], found: dict[str, str]
) -> None:
    answer = send(client, make_comment(article), **sent)
    assert (answer.status_code, errors(answer)) == (400, found)
    assert answer["Content-Type"] == "application/problem+json"
    assert not Report.objects.exists()


def test_an_author_cannot_report_their_own_comment(client: Client, article: Article) -> None:
    post(client, {**GOOD, "author_secret": SECRET})
    comment = Comment.objects.get()
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    answer = send(client, comment)
    assert answer.status_code == 403
    assert "власний коментар" in answer.json()["detail"]
    assert send(client, comment, author_secret="t" * 36).status_code == 202


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_what_readers_do_not_see_is_not_found(
    client: Client, article: Article, status: Status
) -> None:
    answer = send(client, make_comment(article, status))
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_comment_is_found_under_its_own_article_only(client: Client, article: Article) -> None:
    comment, other = make_comment(article), make_article()
    assert send(client, comment, key=other.key).status_code == 404
    assert send(client, comment, key="nothing").status_code == 404
    wrong = client.get(f"/api/v1/articles/mist/comments/{comment.pk}/reports/")
    assert wrong.status_code == 405


def test_one_reader_cannot_report_without_end(
    throttles_on: None, settings: Any, client: Client, article: Article
) -> None:
    settings.THROTTLE_AUTHOR = parse_many("1/minute")
    first, second = make_comment(article), make_comment(article)
    assert send(client, first).status_code == 202
    refused = send(client, second)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert Report.objects.get().comment == first


def test_the_addresses_of_one_large_ipv6_network_count_as_one(article: Article) -> None:
    comment = make_comment(article)
    for number in range(3):
        client = Client(REMOTE_ADDR=f"2001:db8:7:{number}::1")
        assert send(client, comment, author_secret=str(number) * 36).status_code == 202
    send(Client(REMOTE_ADDR="2001:db8:8::1"), comment, author_secret="n" * 36)
    send(Client(REMOTE_ADDR="203.0.113.7"), comment, author_secret="m" * 36)
    networks = list(Report.objects.order_by("pk").values_list("network_key", flat=True))
    assert len(set(networks[:3])) == 1
    assert len(set(networks)) == 3
    assert "2001:db8" not in str(networks)
