"""A field filled in wrongly says the same through the form and through REST."""

import pytest
from django.test import Client

from comments.forms import CommentForm
from tests.makers import make_article

pytestmark = pytest.mark.django_db
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
        ("author_url", "https://"),
        ("author_url", "https://example.org/" + "a" * 200),
        ("parent", "77"),
    ],
)
def test_form_and_rest_say_the_same(client: Client, language: str, field: str, typed: str) -> None:
    article = make_article()
    answer = client.post(
        f"/api/v1/articles/{article.slug}/comments/",
        {**GOOD, field: typed},
        content_type="application/json",
        headers={"accept-language": language},
    )
    form = client.post(f"/{language}/articles/{article.slug}/", {**GOOD, field: typed})
    assert (answer.status_code, form.status_code) == (400, 422)
    entry = answer.json()["errors"][0]
    shown: CommentForm = form.context["form"]
    assert entry["pointer"] == f"#/{field}"
    assert entry["detail"] == " ".join(shown.errors[field])
    assert ("ї" in entry["detail"] or "і" in entry["detail"]) == (language == "uk")


def test_a_field_that_is_not_sent_at_all_says_the_same_as_an_empty_one(client: Client) -> None:
    article = make_article()
    answer = client.post(
        f"/api/v1/articles/{article.slug}/comments/",
        {"author_name": None},
        content_type="application/json",
        headers={"accept-language": "uk"},
    )
    assert [entry["detail"] for entry in answer.json()["errors"]] == [
        "Вкажіть ім’я.",
        "Вкажіть e-mail: його не буде оприлюднено.",
        "Напишіть коментар.",
    ]
