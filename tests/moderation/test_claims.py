"""A comment that a moderator has open is theirs for a while, and the others see it."""

import pytest
from django.utils import timezone

from comments.models import Comment, Status
from moderation import claims
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.models import Claim
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> User:
    return make_member("marta", Role.MODERATOR)[0]


@pytest.fixture
def ivan() -> User:
    return make_member("ivan", Role.MODERATOR)[0]


@pytest.fixture
def held() -> Comment:
    return make_comment(status=Status.HELD)


def test_the_first_who_looks_has_it(held: Comment, marta: User, ivan: User) -> None:
    assert claims.claim(comment=held, user=marta) == marta
    assert claims.claim(comment=held, user=ivan) == marta
    assert claims.holders([held.pk], besides=ivan) == {held.pk: "marta"}
    assert claims.holders([held.pk], besides=marta) == {}


def test_a_claim_lapses_and_another_can_have_it(held: Comment, marta: User, ivan: User) -> None:
    claims.claim(comment=held, user=marta)
    Claim.objects.update(until=timezone.now())
    assert claims.holders([held.pk], besides=ivan) == {}
    assert claims.claim(comment=held, user=ivan) == ivan
    assert claims.claim(comment=held, user=marta) == ivan


def test_looking_again_renews_it(held: Comment, marta: User) -> None:
    claims.claim(comment=held, user=marta)
    Claim.objects.update(until=timezone.now())
    assert claims.claim(comment=held, user=marta) == marta
    assert Claim.objects.get().until > timezone.now()


def test_what_is_given_back_is_free(held: Comment, marta: User, ivan: User) -> None:
    claims.claim(comment=held, user=marta)
    claims.release(user=marta)
    assert claims.claim(comment=held, user=ivan) == ivan
