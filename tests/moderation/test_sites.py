"""Two publications in one installation share no data about readers."""

from typing import Any

import pytest
from limits import RateLimitItemPerDay

from comments.models import Article, Comment, Contact, Site, Status
from comments.reception.receive import Visit, receive_comment
from comments.reception.services import submit_comment
from comments.reception.throttles import ThrottledError
from moderation import privacy, services
from moderation.authors import author_records
from moderation.models import Membership
from moderation.policy.verdict import Reason
from tests.makers import make_article, make_comment, make_draft, set_policy
from tests.moderation.campaigns.letters import ADVERT
from tests.processes import Broker

pytestmark = pytest.mark.django_db
HERS: dict[str, Any] = {"author_email": "olena@example.org", "secret": "of her browser"}


@pytest.fixture
def here() -> Article:
    return make_article()


@pytest.fixture
def there() -> Article:
    return make_article(site=Site.objects.create(key="second", name="Друга газета"))


def test_an_e_mail_has_a_separate_record_on_every_site(here: Article, there: Article) -> None:
    one = make_comment(here, Status.REJECTED, **HERS)
    other = make_comment(there, Status.PUBLISHED, **HERS)
    records = author_records([one.author_key, other.author_key])
    assert (records[one.author_key].rejected, records[one.author_key].published) == (1, 0)
    assert (records[other.author_key].rejected, records[other.author_key].published) == (0, 1)


def test_trust_earned_on_one_site_does_not_count_on_another(here: Article, there: Article) -> None:
    set_policy(trusted_after=2)
    for _ in range(2):
        make_comment(here, **HERS)
    reasons = []
    for article in (here, there):
        comment = submit_comment(article=article, draft=make_draft(**HERS))
        services.moderate(comment_id=comment.pk)
        comment.refresh_from_db()
        reasons.append(comment.reason)
    assert reasons == [Reason.TRUSTED, Reason.CLEAN]


def test_a_network_has_a_different_key_on_every_site(here: Article, there: Article) -> None:
    for article in (here, there):
        submit_comment(article=article, draft=make_draft(address="203.0.113.7"))
    assert len(set(Contact.objects.values_list("address_key", flat=True))) == 2


@pytest.mark.parametrize(
    "limit", ["THROTTLE_ADDRESS", "THROTTLE_AUTHOR", "THROTTLE_SITE", "PROOF_ABOVE"]
)
def test_comments_to_one_site_do_not_use_up_the_limits_of_another(
    broker: Broker, here: Article, there: Article, settings: Any, limit: str
) -> None:
    settings.THROTTLES = True
    setattr(settings, limit, [RateLimitItemPerDay(1)])
    visit = Visit(address="203.0.113.7", secret=HERS["secret"])
    email = HERS["author_email"]

    def send(article: Article) -> Comment:
        return receive_comment(article=article, draft=make_draft(author_email=email), visit=visit)

    assert not send(here).looks_automated
    if limit == "PROOF_ABOVE":
        assert send(here).looks_automated
    else:
        with pytest.raises(ThrottledError):
            send(here)
    assert not send(there).looks_automated


def test_the_same_text_may_be_sent_to_both_sites(here: Article, there: Article) -> None:
    sent = {**HERS, "author_name": "Олена", "text": "Дякую за новину, чекали на неї."}
    first = submit_comment(article=here, draft=make_draft(**sent))
    assert submit_comment(article=here, draft=make_draft(**sent)) == first
    assert submit_comment(article=there, draft=make_draft(**sent)) != first


def test_an_advert_on_two_sites_is_two_campaigns(here: Article, there: Article) -> None:
    comments = [
        make_comment(article, Status.PENDING, text=f"{ADVERT} https://meblevyi-dim.com.ua")
        for article in (here, here, there, there)
    ]
    services.moderate_all(comments=comments)
    of_site = [
        set(Membership.objects.filter(comment__article=article).values_list("campaign", flat=True))
        for article in (here, there)
    ]
    assert all(len(campaigns) == 2 for campaigns in of_site)
    assert not of_site[0] & of_site[1]


def test_a_person_is_erased_on_every_site(here: Article, there: Article) -> None:
    for article in (here, there):
        make_comment(article, **HERS)
    assert len(privacy.export_person(email=HERS["author_email"], operator="me")["comments"]) == 2
    erased = privacy.erase_person(email=HERS["author_email"], operator="me", remove=False)
    assert erased.comments == 2
    assert set(Comment.objects.values_list("author_name", flat=True)) == {""}
