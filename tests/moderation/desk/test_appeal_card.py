"""An appeal is on the card, with the earlier decision and a place for the answer."""

import pytest
from django.test import Client

from comments.models import Status
from moderation import appeals
from moderation.accounts.models import User
from moderation.desk.forms import state
from moderation.models import Appeal
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/admin/queue/", "/en/admin/queue/list/"])
def test_the_moderator_reads_it_and_answers(client: Client, address: str) -> None:
    client.force_login(
        User.objects.create_superuser("marta"), "django.contrib.auth.backends.ModelBackend"
    )
    comment = make_comment(status=Status.REJECTED)
    appeals.appeal(comment=comment, sentence="Це цитата з пісні.")
    shown = client.get(address).content.decode()
    assert "Це цитата з пісні." in shown
    assert "Decided before:" in shown
    assert f'form="decide-{comment.pk}"' in shown
    sent = {**state(comment), "decision": "publish", "answer": "Перепрошуємо."}
    client.post(address, sent)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert Appeal.objects.get().answer == "Перепрошуємо."
