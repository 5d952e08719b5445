"""The URLs of the desk's own pages and their place in the admin's menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import path, reverse
from django.views.generic import RedirectView

from moderation.desk import newsroom_pages, notes_pages, saved_views, views
from moderation.desk.article_dial import HoldArticle
from moderation.desk.author_page import AuthorPage, MeasureAct
from moderation.desk.author_waiting import DecideWaiting
from moderation.desk.bulk_page import BulkPage
from moderation.desk.campaign_list import CampaignList
from moderation.desk.campaign_page import CampaignPage
from moderation.desk.card_page import CardPage
from moderation.desk.dashboard import Dashboard
from moderation.desk.find_author import find_author
from moderation.desk.focus import QueuePage
from moderation.desk.focus_api import ClaimComment, Decide, Fragment, News, Rows
from moderation.desk.focus_go import Go
from moderation.desk.focus_undo import UndoAct
from moderation.desk.lists import AllComments, Queue, Rejected, Reported, rejected_sample
from moderation.desk.page import DeskPage
from moderation.desk.undo_page import UndoPage

# The most used come first; Django would sort by each language's alphabet.
SECTIONS = ("moderation", "comments", "accounts")
PAGES = (
    *("Queue", "CampaignList", "Reported", "Rejected", "AllComments", "Dashboard", "Decision"),
    *("SitePolicy", "RejectionReason", "Questions"),
)


@dataclass(frozen=True)
class Entry:
    """One of the desk's own lists, under the heading of an app."""

    section: str
    name: str
    page: type[DeskPage]


ENTRIES = (
    Entry("moderation", "queue", QueuePage),
    Entry("moderation", "campaigns", CampaignList),
    Entry("moderation", "reported", Reported),
    Entry("moderation", "rejected", Rejected),
    Entry("moderation", "questions", notes_pages.Questions),
    Entry("moderation", "dashboard", Dashboard),
    Entry("comments", "comments", AllComments),
)


def desk_urls(admin_view: Callable[..., Any]) -> list[Any]:
    """Return the paths under `/admin/`; `admin_view` checks that the user may enter the desk."""
    return [
        *_queue_urls(admin_view),
        path("dashboard/", admin_view(Dashboard.as_view()), name="dashboard"),
        path("reported/", admin_view(Reported.as_view()), name="reported"),
        path("rejected/", admin_view(Rejected.as_view()), name="rejected"),
        path("rejected/sample/", admin_view(rejected_sample), name="rejected_sample"),
        path("comments/", admin_view(AllComments.as_view()), name="comments"),
        path("comments/find/", admin_view(find_author), name="find_by_email"),
        path("comments/<int:pk>/", admin_view(CardPage.as_view()), name="comment"),
        path("comments/<int:comment_id>/contact/", admin_view(views.contact), name="contact"),
        *_author_urls(admin_view),
        path("campaigns/", admin_view(CampaignList.as_view()), name="campaigns"),
        path("campaigns/<str:number>/", admin_view(CampaignPage.as_view()), name="campaign"),
        path("bulk/<int:pk>/", admin_view(BulkPage.as_view()), name="bulk"),
        path("articles/<int:pk>/hold/", admin_view(HoldArticle.as_view()), name="hold_article"),
        path("acts/<int:pk>/undo/", admin_view(UndoPage.as_view()), name="undo"),
        path("views/save/", admin_view(saved_views.save), name="save_view"),
        path("views/<int:pk>/delete/", admin_view(saved_views.delete), name="delete_view"),
        path("moderation/heldcomment/", _moved("queue")),
        path("moderation/heldcomment/<int:pk>/change/", _moved("comment")),
        path("moderation/rejectedcomment/", _moved("rejected")),
        path("moderation/rejectedcomment/<int:pk>/change/", _moved("comment")),
        path("comments/comment/", _moved("comments")),
        path("comments/comment/<int:pk>/change/", _moved("comment")),
    ]


def _queue_urls(admin_view: Callable[..., Any]) -> list[Any]:
    views_by_path: dict[str, tuple[str, Any]] = {
        "": ("queue", QueuePage),
        "list/": ("queue_list", Queue),
        "focus/<int:pk>/": ("queue_focus", Fragment),
        "decide/": ("queue_decide", Decide),
        "undo/": ("queue_undo", UndoAct),
        "claim/": ("queue_claim", ClaimComment),
        "news/": ("queue_news", News),
        "rows/": ("queue_rows", Rows),
        "go/": ("queue_go", Go),
    }
    return [
        path(f"queue/{address}", admin_view(view.as_view()), name=name)
        for address, (name, view) in views_by_path.items()
    ]


def _author_urls(admin_view: Callable[..., Any]) -> list[Any]:
    pages = {
        "authors/<slug:key>/": ("author", AuthorPage.as_view()),
        "authors/<slug:key>/note/": ("author_note", notes_pages.AuthorNote.as_view()),
        "authors/<slug:key>/decide/": ("decide_waiting", DecideWaiting.as_view()),
        "measures/<int:pk>/end/": ("end_measure", MeasureAct.as_view()),
        "measures/<int:pk>/undo/": ("undo_measure", MeasureAct.as_view(undoes=True)),
        "comments/<int:pk>/note/": ("comment_note", notes_pages.CommentNote.as_view()),
        "comments/<int:pk>/answer/": ("answer_reader", newsroom_pages.AnswerReader.as_view()),
        "comments/<int:pk>/pick/": ("pick", newsroom_pages.PickComment.as_view()),
        "comments/<int:pk>/ask/": ("ask", notes_pages.Ask.as_view()),
        "notes/<int:pk>/": ("note", notes_pages.MendNote.as_view()),
        "questions/": ("questions", notes_pages.Questions.as_view()),
        "questions/<int:pk>/answer/": ("answer", notes_pages.Answer.as_view()),
    }
    return [path(route, admin_view(view), name=name) for route, (name, view) in pages.items()]


def with_desk_pages(sections: list[Any], request: HttpRequest, only: str | None) -> list[Any]:
    """Add the desk's own pages to the admin's sections, and sort both.

    With `only`, the label of an app, add just the pages of its section.
    """
    by_label = {app["app_label"]: app for app in sections}
    user: Any = request.user
    for entry in ENTRIES:
        if only in (None, entry.section) and user.has_perm(entry.page.permission_required):
            section = by_label.setdefault(entry.section, _section(entry.section))
            section["models"].append(_listed(entry))
    for app in by_label.values():
        app["models"].sort(key=lambda page: _place(PAGES, page["object_name"]))
    return sorted(by_label.values(), key=lambda app: _place(SECTIONS, app["app_label"]))


def _moved(name: str) -> Any:
    return RedirectView.as_view(pattern_name=f"admin:{name}", query_string=True)


def _section(label: str) -> dict[str, Any]:
    """Describe an app as Django's admin does: see its documentation of `get_app_list`."""
    return {
        "name": apps.get_app_config(label).verbose_name,
        "app_label": label,
        "app_url": reverse("admin:app_list", args=[label]),
        "has_module_perms": True,
        "models": [],
    }


def _listed(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.page.title,
        "object_name": entry.page.__name__.removesuffix("Page"),
        "admin_url": reverse(f"admin:{entry.name}"),
        "add_url": None,
        "view_only": True,
        "perms": {"view": True},
    }


def _place(order: tuple[str, ...], name: str) -> int:
    """Return the sort key of a name; names that are not in `order` come last."""
    return order.index(name) if name in order else len(order)
