"""The article page as a reader's browser gets it, without JavaScript."""

import datetime as dt
import html
from typing import Any

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from comments.models import Article, Comment, Contact, Status
from moderation import transitions
from moderation.transitions import Evidence, Seen
from moderation.verdict import Outcome, Reason, Verdict
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db

FORM = {
    "text": "Дякую, дуже потрібна стаття.",
    "author_name": "Оксана",
    "author_email": "oksana@example.org",
    "author_url": "https://oksana.example.org",
}


@pytest.fixture
def article() -> Article:
    return make_article(slug="mist")


def post(client: Client, article: Article, query: str = "", **over: Any) -> Any:
    return client.post(f"/uk/articles/{article.slug}/{query}", {**FORM, **over})


def page(client: Client, article: Article, query: str = "", language: str = "uk") -> str:
    response = client.get(f"/{language}/articles/{article.slug}/{query}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def decide(comment: Comment, outcome: Outcome, reason: Reason) -> None:
    transitions.apply(
        comment=comment,
        verdict=Verdict(outcome, reason),
        expected=Seen.of(comment),
        evidence=Evidence(),
    )


def test_the_page_shows_the_whole_article(client: Client) -> None:
    related = make_article(title="Бібліотека до дев’ятої")
    article = make_article(
        lead="Пішоходам залишать прохід.",
        author_about="Пише про дороги.",
        body='<p>Почнуть <a href="../other/">1 березня</a>.</p><blockquote>Ні.</blockquote>',
    )
    shown = page(client, article)
    for expected in (
        article.title,
        article.section,
        article.lead,
        "<blockquote>Ні.</blockquote>",
        "Вам може сподобатися",
        related.title,
        "Про автора",
        article.author_about,
    ):
        assert expected in shown


def test_the_form_says_the_words_that_readers_know(client: Client, article: Article) -> None:
    shown = page(client, article)
    for words in (
        "Залишити відповідь",
        "Ваша e-mail адреса не оприлюднюватиметься. Обов'язкові поля позначені *",
        'Коментар <span class="star">*</span>',
        'Ім\'я <span class="star">*</span>',
        'E-mail <span class="star">*</span>',
        "Сайт</label>",
        "Зберегти моє ім'я, e-mail та адресу сайту в цьому браузері для моїх подальших коментарів",
        "Опублікувати коментар",
    ):
        assert words in shown


def test_an_article_cannot_run_a_script(client: Client) -> None:
    article = make_article(body='<p onclick="x()">Текст</p><script>alert(1)</script>')
    shown = page(client, article)
    assert "<p>Текст</p>" in shown
    assert "<script" not in shown


def test_nothing_on_the_page_is_inline_or_from_elsewhere(client: Client, article: Article) -> None:
    make_comment(article)
    shown = page(client, article)
    for unwanted in ("<script", "<style", " style=", " onclick=", "//fonts.", "gravatar"):
        assert unwanted not in shown


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "", "Напишіть коментар."),
        ("text", " \n ", "Напишіть коментар."),
        ("text", "х", "Це закоротко для коментаря"),
        ("text", "ї" * 5001, "Коментар задовгий: знаків у ньому 5001, а вміщується 5000."),
        ("author_name", "", "Вкажіть ім'я."),
        ("author_name", "й" * 81, "Ім'я задовге: вміщується щонайбільше 80 знаків."),
        ("author_email", "", "Вкажіть e-mail: його не буде оприлюднено."),
        ("author_email", "oksana@", "Схоже, в адресі помилка: e-mail має бути на зразок"),
        ("author_url", "javascript:alert(1)", "Схоже, в адресі сайту помилка"),
    ],
)
def test_a_wrong_field_gets_its_own_sentence_and_everything_typed_stays(
    client: Client, article: Article, field: str, typed: str, sentence: str
) -> None:
    response = post(client, article, **{field: typed, "remember": "on"})
    assert response.status_code == 422
    shown = html.unescape(response.content.decode())
    assert f'<a href="#id_{field}">{sentence}' in shown
    assert f'id="id_{field}_error">{sentence}' in shown
    assert f'aria-invalid="true" aria-describedby="id_{field}_error"' in shown
    for kept in {**FORM, field: typed}.values():
        assert kept.strip() in shown
    assert 'name="remember" id="id_remember" checked' in shown
    assert not Comment.objects.exists()


def test_the_sentences_are_in_the_language_of_the_page(client: Client, article: Article) -> None:
    response = client.post(f"/en/articles/{article.slug}/", {})
    shown = html.unescape(response.content.decode())
    for sentence in ("Write your comment.", "Enter your name.", "Enter your e-mail"):
        assert shown.count(sentence) == 2


def test_a_page_with_errors_opens_at_the_form(client: Client, article: Article) -> None:
    shown = page(client, article, "?order=oldest&reply_to=7")
    assert 'action="/uk/articles/mist/?order=oldest#respond"' in shown
    assert "<title>Помилка: " in html.unescape(post(client, article, text="").content.decode())


def test_the_end_of_a_line_counts_as_one_character(client: Client, article: Article) -> None:
    text = "\r\n".join("ї" * 2500)
    assert len(text) > 5000
    assert post(client, article, text=text).status_code == 302
    assert "\r" not in Comment.objects.get().text


def test_a_website_may_be_typed_without_its_scheme(client: Client, article: Article) -> None:
    assert post(client, article, author_url="oksana.example.org").status_code == 302
    assert Comment.objects.get().author_url == "https://oksana.example.org"


def test_after_posting_the_author_is_led_to_the_waiting_comment(
    client: Client, article: Article
) -> None:
    response = post(client, article)
    comment = Comment.objects.get()
    assert comment.status == Status.PENDING
    assert Contact.objects.get().email == FORM["author_email"]
    assert (response.status_code, response["Location"]) == (
        302,
        f"/uk/articles/mist/#comment-{comment.pk}",
    )
    shown = page(client, article)
    assert f'id="comment-{comment.pk}"' in shown
    assert "Це бачите лише ви" in shown
    assert comment.text in shown


def test_nobody_else_sees_a_waiting_comment(client: Client, article: Article) -> None:
    post(client, article)
    shown = page(Client(), article)
    for trace in (FORM["text"], FORM["author_name"], "comment-", "Це бачите лише ви"):
        assert trace not in shown
    forger = Client()
    forger.cookies["my_comments"] = client.cookies["my_comments"].value[:-2] + "xx"
    assert FORM["text"] not in page(forger, article)


def test_a_waiting_comment_is_not_shown_under_another_article(
    client: Client, article: Article
) -> None:
    post(client, article)
    assert FORM["text"] not in page(client, make_article())


def test_a_published_comment_is_marked_for_its_author_only(
    client: Client, article: Article
) -> None:
    post(client, article)
    comment = Comment.objects.get()
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    shown = page(client, article)
    assert "Це бачите лише ви" not in shown
    assert "Ваш коментар" in shown
    assert f'id="comment-{comment.pk}"' in shown
    others = page(Client(), article)
    assert FORM["text"] in others
    assert "Ваш коментар" not in others


@pytest.mark.parametrize(
    ("outcome", "reason", "sentence"),
    [
        (Outcome.HOLD, Reason.TOXICITY, "may offend someone, so a moderator will read it first"),
        (Outcome.REJECT, Reason.SPAM, "it looks like advertising or spam"),
    ],
)
def test_the_author_reads_why_a_comment_is_not_published(
    client: Client, article: Article, outcome: Outcome, reason: Reason, sentence: str
) -> None:
    post(client, article)
    decide(Comment.objects.get(), outcome, reason)
    assert sentence in page(client, article, language="en")
    assert FORM["text"] not in page(Client(), article)


def test_the_e_mail_is_nowhere_on_the_page_of_others(client: Client, article: Article) -> None:
    post(client, article, remember="on")
    decide(Comment.objects.get(), Outcome.PUBLISH, Reason.CLEAN)
    assert "oksana@example.org" not in page(Client(), article)
    assert "oksana@example.org" in page(client, article)
    assert not mail.outbox


def test_the_author_is_remembered_only_when_asked(client: Client, article: Article) -> None:
    post(client, article, remember="on")
    assert f'value="{FORM["author_name"]}"' in page(client, article)
    assert client.cookies["comment_author"]["httponly"]
    post(client, article, text="Ще одне.")
    assert f'value="{FORM["author_name"]}"' not in page(client, article)


def test_a_page_is_never_shared_by_a_cache(client: Client, article: Article) -> None:
    answer = client.get("/uk/articles/mist/")
    assert "private" in answer["Cache-Control"]


def test_a_comment_is_shown_as_typed_with_links_that_carry_no_weight(
    client: Client, article: Article
) -> None:
    make_comment(
        article,
        text="<script>alert(1)</script> дивіться https://example.org/a?b=1&c=2\nі далі",
        author_name='"><img src=x onerror=alert(1)>',
        author_url="https://example.org/me",
    )
    raw = client.get("/uk/articles/mist/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    assert "<script" not in raw
    assert "<img" not in raw
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="ugc nofollow noopener"' in raw
    assert 'href="https://example.org/me" rel="ugc nofollow noopener"' in raw
    assert "<br>і далі" in raw


def make_old(article: Article, count: int, **over: Any) -> list[Comment]:
    now = timezone.now()
    comments = [make_comment(article, text=f"Думка №{n}.", **over) for n in range(count)]
    for n, comment in enumerate(comments):
        comment.created_at = now - dt.timedelta(minutes=count - n)
        comment.save(update_fields=["created_at"])
    return comments


def test_the_newest_comment_comes_first_unless_the_oldest_is_asked_for(
    client: Client, article: Article
) -> None:
    make_old(article, 2)
    newest = page(client, article)
    assert newest.index("Думка №1.") < newest.index("Думка №0.")
    oldest = page(client, article, "?order=oldest")
    assert oldest.index("Думка №0.") < oldest.index("Думка №1.")


def test_twenty_comments_make_a_page_and_links_keep_the_order(
    client: Client, article: Article
) -> None:
    make_old(article, 21)
    first = page(client, article, "?order=oldest")
    assert first.count("Думка №") == 20
    assert 'href="?order=oldest&page=2#comments"' in first
    second = page(client, article, "?order=oldest&page=2")
    assert second.count("Думка №") == 1
    assert "Думка №20." in second


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=x",
        "?page=999999999999999999999",
        "?thread=x",
        "?thread=99999999999999999999",
        "?reply_to=٣",
        "?reply_to=x",
        "?order=%00",
        "?thread=%EF%BF%BD&page=last",
    ],
)
def test_a_mistyped_address_still_shows_the_page(
    client: Client, article: Article, query: str
) -> None:
    make_comment(article)
    assert "1 коментар" in page(client, article, query)


@pytest.mark.parametrize("parent", ["x", "9" * 5000, "0", "-1", "٣"])
def test_a_reply_to_nothing_is_refused_with_a_sentence(
    client: Client, article: Article, parent: str
) -> None:
    response = post(client, article, parent=parent)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Коментаря, на який ви відповідаєте" in shown
    assert "Надішліть ще раз, і ваш коментар стоятиме окремо." in shown
    assert 'name="parent"' not in shown


@pytest.mark.parametrize("query", ["?reply_to=x", "?reply_to=999", "?thread=999"])
def test_an_address_that_replies_to_nothing_gives_an_ordinary_form(
    client: Client, article: Article, query: str
) -> None:
    shown = page(client, article, query)
    assert "Залишити відповідь" in shown
    assert 'name="parent" id="id_parent"' in shown


def test_the_form_under_a_thread_answers_the_thread(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна")
    shown = page(client, article, f"?thread={root.pk}")
    assert "Відповідь для Ганна" in shown
    assert f'name="parent" value="{root.pk}"' in shown
    assert '<a href="?#respond">Скасувати' in shown


def test_a_reply_joins_the_thread_and_is_found_there(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна")
    reply = make_comment(article, parent=root, author_name="Лесь")
    asked = page(client, article, f"?reply_to={reply.pk}")
    assert "Відповідь для Лесь" in asked
    assert "Скасувати" in asked
    assert f'name="parent" value="{reply.pk}"' in asked
    response = post(client, article, parent=str(reply.pk))
    mine = Comment.objects.latest("pk")
    assert mine.parent == root
    place = f"/uk/articles/mist/?thread={root.pk}&page=last#comment-{mine.pk}"
    assert response["Location"] == place
    assert "Відповідь для Ганна" in page(client, article)
    decide(mine, Outcome.PUBLISH, Reason.CLEAN)
    shown = page(Client(), article)
    assert shown.index("Ганна</b>") < shown.index("Лесь</b>") < shown.index("Оксана</a>")


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_only_a_published_comment_can_be_answered(
    client: Client, article: Article, status: Status
) -> None:
    hidden = make_comment(article, status, author_name="Прихований")
    assert "Прихований" not in page(client, article, f"?reply_to={hidden.pk}")
    assert post(client, article, parent=str(hidden.pk)).status_code == 422


def test_a_long_thread_has_a_page_of_its_own(client: Client, article: Article) -> None:
    root = make_comment(article, author_name="Ганна", text="Перша думка.")
    make_old(article, 21, parent=root)
    shown = page(client, article)
    assert shown.count("Думка №") == 20
    link = f"?thread={root.pk}#comments"
    assert f'href="{link}">Усі відповіді (21)' in shown
    thread = page(client, article, link)
    assert "Перша думка." in thread
    assert thread.count("Думка №") == 20
    assert "Усі коментарі" in thread
    assert "Думка №20." in page(client, article, f"?thread={root.pk}&page=last")


def test_a_thread_of_another_article_is_not_shown(client: Client, article: Article) -> None:
    other = make_comment(text="Чужа думка.")
    assert "Чужа думка." not in page(client, article, f"?thread={other.pk}")


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 коментар<"), (3, "3 коментарі<"), (5, "5 коментарів<"), (21, "21 коментар<")],
)
def test_the_count_agrees_with_its_noun(
    client: Client, article: Article, number: int, words: str
) -> None:
    Article.objects.update(published_count=number)
    assert words in page(client, article)


def test_a_page_without_comments_says_so(client: Client, article: Article) -> None:
    assert "Коментарів ще немає." in page(client, article)


@pytest.mark.parametrize(
    ("browser", "address"),
    [("uk", "/uk/"), ("en-GB,en;q=0.8", "/en/"), ("pl", "/uk/"), ("", "/uk/")],
)
def test_without_a_language_in_the_address_the_browser_decides(
    client: Client, browser: str, address: str
) -> None:
    response = client.get("/articles/mist/", headers={"accept-language": browser})
    assert response["Location"] == f"{address}articles/mist/"


def test_the_address_has_the_last_word_about_the_language(client: Client, article: Article) -> None:
    answer = client.get("/en/articles/mist/?order=oldest", headers={"accept-language": "uk"})
    shown = answer.content.decode()
    assert '<html lang="en">' in shown
    assert "Leave a Reply" in shown
    assert f'lang="uk">{article.title}</h1>' in shown
    assert 'href="/uk/articles/mist/?order=oldest" lang="uk" hreflang="uk"' in shown


def test_the_front_page_lists_the_articles(client: Client, article: Article) -> None:
    shown = client.get("/uk/").content.decode()
    assert article.title in shown
    assert 'href="/uk/articles/mist/"' in shown


@pytest.mark.parametrize(
    ("address", "words"),
    [("/uk/articles/none/", "Такої сторінки немає"), ("/en/nothing/", "There is no such page")],
)
def test_a_missing_page_is_told_in_the_reader_s_language(
    client: Client, address: str, words: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("uk", "щось зламалося"), ("en", "broke")])
def test_the_page_of_a_broken_service_needs_nothing_that_may_be_broken(
    language: str, words: str
) -> None:
    with override(language):
        assert words in render_to_string("500.html")


def test_a_page_of_many_comments_takes_as_many_queries_as_one_of_few(
    client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_old(article, 2, parent=make_comment(article))
    with django_assert_num_queries(6):
        page(client, article)
    for _ in range(19):
        make_old(article, 1, parent=make_comment(article))
    with django_assert_num_queries(6):
        page(client, article)
