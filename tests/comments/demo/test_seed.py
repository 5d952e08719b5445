"""The demo is loaded once, with comments through submit_comment."""

import json
import re
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments.demo import seed
from comments.demo.models import Story
from comments.models import Article, Comment, Contact, Status

pytestmark = pytest.mark.django_db


def run(**options: Any) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def bodies() -> dict[str, str]:
    return dict(Story.objects.values_list("article__key", "body"))


class Text(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(markup)

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def test_there_are_three_articles_with_many_few_and_no_comments() -> None:
    assert run() == "Demo loaded: 3 new articles, 50 new comments.\n"
    counts = sorted(article.comments.count() for article in Article.objects.all())
    assert counts == [0, 7, 43]
    assert Article.objects.values("section").distinct().count() == 3


def test_comments_are_submitted_as_pending_through_the_usual_service() -> None:
    run()
    assert set(Comment.objects.values_list("status", flat=True)) == {Status.PENDING}
    assert Contact.objects.count() == Comment.objects.count()
    assert all(contact.email.endswith("@example.org") for contact in Contact.objects.all())
    assert Comment.objects.filter(parent__isnull=False).count() > 5


def test_a_second_run_adds_nothing() -> None:
    run(comments=3)
    before = set(Comment.objects.values_list("pk", "created_at"))
    assert run(comments=3) == "Demo loaded: 0 new articles, 0 new comments.\n"
    assert set(Comment.objects.values_list("pk", "created_at")) == before


def test_seeding_restores_deleted_rows_and_keeps_changes() -> None:
    run()
    Article.objects.filter(key="mist-cherez-tykhu").update(title="Інший заголовок")
    Comment.objects.filter(replies=None).latest("pk").delete()
    assert run() == "Demo loaded: 0 new articles, 1 new comments.\n"
    assert Article.objects.filter(title="Інший заголовок").exists()


def test_additional_comments_are_generated_on_request() -> None:
    assert "80 new comments" in run(comments=30)
    assert "5 new comments" in run(comments=35)
    texts = {draft.text for draft in seed.composed(200)}
    assert len(texts) > 150


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(CommandError):
        run(comments=-1)


def test_comments_spread_over_the_life_of_the_article() -> None:
    run()
    moments = list(Comment.objects.order_by("id").values_list("created_at", flat=True)[:43])
    article = Article.objects.get(key="mist-cherez-tykhu")
    assert moments == sorted(moments)
    assert article.published_at < moments[0] < moments[-1] < timezone.now()


def test_every_reply_is_later_than_its_parent() -> None:
    run()
    for reply in Comment.objects.exclude(parent=None).select_related("parent"):
        assert reply.parent is not None
        assert reply.created_at > reply.parent.created_at


def test_articles_have_a_realistic_length_quotations_and_a_link_to_another(
    client: Client,
) -> None:
    run()
    for key, body in bodies().items():
        assert 350 <= len(Text(body).words) <= 600
        assert body.count("<blockquote>") >= 2
        (other,) = re.findall(r'Читайте також:</strong> <a href="\.\./([^"]+)/"', body)
        assert other in bodies().keys() - {key}
        shown = client.get(f"/uk/articles/{key}/").content.decode()
        assert "<blockquote><p>" in shown
        assert "<cite>" in shown


def test_links_use_reserved_names_only() -> None:
    for name in ("comments.json", "phrases.json"):
        text = (seed.HERE / name).read_text(encoding="utf-8")
        for host in re.findall(r"https?://([^/\"\s]+)", text):
            assert re.search(r"(^|\.)example(\.com|\.org)?$", host), host


def test_there_are_comments_of_every_kind() -> None:
    items = json.loads((seed.HERE / "comments.json").read_text(encoding="utf-8"))
    texts = [item["text"] for item in items]
    lengths = sorted(map(len, texts))
    assert lengths[0] <= 6
    assert lengths[-1] > 250
    assert len(set(texts)) == len(texts)
    assert any(not re.search(r"\w", text) for text in texts)
    assert any(re.fullmatch(r"https://\S+", text) for text in texts)
    assert any(re.search("[ыэъ]", text) for text in texts)
    assert any(re.fullmatch(r"[ -~]+", text) for text in texts)
