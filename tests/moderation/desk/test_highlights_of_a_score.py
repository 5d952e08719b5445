"""The second judge is asked for highlights only on a comment's own page; quotations have none."""

import re

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import model_registry, services
from moderation.accounts.roles import Role
from moderation.classifier import Ensemble
from tests.makers import make_article, make_comment, set_policy
from tests.moderation.classifier.judges import KNOWN, OneWordJudge, ensemble
from tests.moderation.desk.desks import ALL, QUEUE, signed_in_as

pytestmark = pytest.mark.django_db
HARM = f"Приходь завтра на міст, там на тебе чекає {KNOWN}, бережи себе."
INSULT = "Та ви всі там тупі виродки й ідіоти"


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Ensemble:
    found = ensemble()
    monkeypatch.setattr(model_registry, "for_site", lambda: found)
    return found


def held(comment: Comment) -> Comment:
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, "toxicity")
    return comment


def marked(client: Client, page: str) -> list[str]:
    return re.findall(r"<mark[^>]*>(.*?)</mark>", client.get(page).content.decode())


def test_it_is_asked_on_the_comments_own_page_and_not_in_a_list(
    marta: Client, model: Ensemble
) -> None:
    comment = held(make_comment(status=Status.PENDING, text=HARM))
    judge = model.members[0].judge
    assert isinstance(judge, OneWordJudge)
    judge.asked.clear()
    assert KNOWN not in marked(marta, QUEUE)
    assert judge.asked == []
    assert marked(marta, f"{ALL}{comment.pk}/") == [KNOWN]
    assert judge.asked


@pytest.mark.parametrize("quoted", [f"«{INSULT}»", f"> {INSULT}\n"])
def test_what_a_comment_quotes_from_its_article_is_not_marked(marta: Client, quoted: str) -> None:
    set_policy(toxicity_hold_at=0.01, toxicity_reject_at=1, spam_hold_at=1, spam_reject_at=1)
    article = make_article(text=f"«{INSULT}», — крикнув депутат.")
    text = f"{quoted} Степане, ти такий самий дурень."
    comment = held(make_comment(article, Status.PENDING, text=text))
    for page in (QUEUE, f"{ALL}{comment.pk}/"):
        found = marked(marta, page)
        assert "дурень" in " ".join(found)
        assert "виродки" not in " ".join(found)
