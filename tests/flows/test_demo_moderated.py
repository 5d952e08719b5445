"""A fresh demo after the worker has decided it: no hateful comments published, a useful queue."""

import pytest
from django.core.management import call_command
from django.test import Client

from comments.models import Article, Comment, Status
from moderation import pipeline
from moderation.policy.verdict import Reason

pytestmark = pytest.mark.django_db(transaction=True)

# Words of the demo's threat, hate and insults.
NEVER_PUBLISHED = ("ми знаємо де ви живете", "Понаїхали", "безмозка", "тварь", "к0нч3ний", "клоуни")


@pytest.fixture
def moderated() -> None:
    call_command("seed_demo", verbosity=0)
    while pipeline.moderate_waiting().more:
        pass


def test_no_hatred_threat_or_insult_is_published(client: Client, moderated: None) -> None:
    assert not Comment.objects.filter(status=Status.PENDING).exists()
    for words in NEVER_PUBLISHED:
        (comment,) = Comment.objects.filter(text__contains=words)
        assert comment.status in (Status.HELD, Status.REJECTED)
    for article in Article.objects.all():
        for order in ("newest", "oldest"):
            address = f"/uk/articles/{article.key}/?order={order}"
            for page in ("1", "last"):
                shown = client.get(f"{address}&page={page}").content.decode()
                assert not [words for words in NEVER_PUBLISHED if words in shown]


def test_most_comments_are_published_and_the_queue_has_cards_of_several_kinds(
    moderated: None,
) -> None:
    published = Comment.objects.filter(status=Status.PUBLISHED).count()
    held = set(Comment.objects.filter(status=Status.HELD).values_list("reason", flat=True))
    assert published > Comment.objects.count() / 2
    assert {Reason.TOXICITY, Reason.SPAM, Reason.HATE, Reason.LANGUAGE} <= held
    assert Comment.objects.filter(status=Status.REJECTED, reason=Reason.SPAM).exists()


def test_readers_see_an_answer_of_the_newsroom_and_a_pick(client: Client, moderated: None) -> None:
    shown = client.get("/uk/articles/mist-cherez-tykhu/?order=oldest&page=1").content.decode()
    shown += client.get("/uk/articles/mist-cherez-tykhu/?order=oldest&page=2").content.decode()
    assert "Вибір редакції" in shown
    assert "Пані Галино" in shown


def test_adverts_for_different_sites_are_not_reported_as_sharing_a_link(moderated: None) -> None:
    assert not Comment.objects.filter(reason=Reason.REPEATED_CONTACT).exists()
