"""The form and REST have the same error messages."""

import pytest
from django.test import Client

from comments.models import Comment
from comments.reception.forms import CommentForm
from tests.makers import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
GOOD = {"text": "Дякую за новину.", "author_name": "Оксана", "author_email": "o@example.org"}


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text", ""),
        ("text", "х"),
        ("text", "ї" * 5001),
        ("author_name", ""),
        ("author_name", "й" * 81),
        ("author_email", ""),
        ("author_email", "oksana@"),
        ("author_email", "o@" + "a.".rjust(50, "a") * 5 + "org"),
        ("author_url", "ftp://example.org"),
        ("author_url", "https://pravda.example@evil.example"),
        ("author_url", "https://pravda.example\\@evil.example"),
        ("author_url", "https://"),
        ("author_url", "https://example.org/" + "a" * 200),
        ("parent", "77"),
    ],
)
def test_form_and_rest_give_the_same_messages(
    client: Client, language: str, field: str, typed: str
) -> None:
    article = make_article()
    answer = client.post(
        f"/api/v1/articles/{article.key}/comments/",
        {**GOOD, field: typed},
        content_type="application/json",
        headers={"accept-language": language},
    )
    form = client.post(f"/{language}/articles/{article.key}/", {**GOOD, field: typed})
    assert (answer.status_code, form.status_code) == (400, 422)
    entry = answer.json()["errors"][0]
    shown: CommentForm = form.context["form"]
    assert entry["pointer"] == f"#/{field}"
    assert entry["detail"] == " ".join(map(str, shown.errors[field]))
    assert ("ї" in entry["detail"] or "і" in entry["detail"]) == (language == "uk")


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("olena@example.org", "user_part", "поле"),
        ("mailto:olena@example.org", "user_part", "поле"),
        ("https://olena@example.org/", "user_part", "поле"),
        ("https://pravda.example@evil.example", "user_part", "@"),
        ("https://pravda.example:443@evil.example/x", "user_part", "@"),
        ("ftp://example.org", "scheme", "https:// або http://"),
    ],
)
def test_a_website_that_hides_its_host_or_contains_an_e_mail_is_refused(
    client: Client, typed: str, code: str, words: str
) -> None:
    article = make_article()
    path = f"/api/v1/articles/{article.key}/comments/"
    answer = client.post(path, {**GOOD, "author_url": typed}, content_type="application/json")
    assert answer.status_code == 400
    (entry,) = answer.json()["errors"]
    assert (entry["pointer"], entry["code"]) == ("#/author_url", code)
    form = client.post(article.get_absolute_url(), {**GOOD, "author_url": typed})
    assert form.status_code == 422
    assert form.context["form"].errors["author_url"] == [entry["detail"]]
    assert words in entry["detail"]
    assert not Comment.objects.exists()


@pytest.mark.parametrize("typed", ["https://t.me/@olena", "https://example.org/?to=a@b.example"])
def test_a_website_may_have_an_at_sign_after_its_host(client: Client, typed: str) -> None:
    article = make_article()
    client.post(article.get_absolute_url(), {**GOOD, "author_url": typed})
    assert Comment.objects.get().author_url == typed


def test_a_missing_field_gets_the_same_message_as_an_empty_one(client: Client) -> None:
    article = make_article()
    answer = client.post(
        f"/api/v1/articles/{article.key}/comments/",
        {"author_name": None},
        content_type="application/json",
        headers={"accept-language": "uk"},
    )
    assert [entry["detail"] for entry in answer.json()["errors"]] == [
        "Вкажіть ім’я.",
        "Вкажіть e-mail: його не буде оприлюднено.",
        "Напишіть коментар.",
    ]
