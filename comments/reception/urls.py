from django.urls import include, path

from comments.reception import (
    accessibility_page,
    embed_form,
    mail_pages,
    privacy_page,
    report_page,
    status_page,
    views,
    vote_page,
)
from comments.reception.converters import ARTICLE

app_name = "comments"
own_urls = [
    path("", status_page.StatusPage.as_view(), name="status"),
    path("change/", status_page.ChangePage.as_view(), name="change"),
    path("appeal/", status_page.AppealPage.as_view(), name="appeal"),
    path("withdraw/", status_page.WithdrawPage.as_view(), name="withdraw"),
    path("put-away/", status_page.PutAwayPage.as_view(), name="put-away"),
]
urlpatterns = [
    path("status/<str:token>/", include(own_urls)),
    path("", views.FrontPage.as_view(), name="front"),
    path("mail/confirm/<str:token>/", mail_pages.Confirm.as_view(), name="confirm"),
    path("mail/stop/<str:token>/", mail_pages.Unsubscribe.as_view(), name="unsubscribe"),
    path(ARTICLE, views.ArticlePage.as_view(), name="article"),
    path(
        "accessibility/",
        accessibility_page.AccessibilityPage.as_view(),
        name="accessibility",
    ),
    path("privacy/", privacy_page.PrivacyPage.as_view(), name="privacy"),
    # For the other sites of an installation.
    path(
        f"sites/<slug:site>/{ARTICLE}",
        views.ArticlePage.as_view(),
        name="article",
    ),
    path(f"{ARTICLE}comments/", embed_form.EmbeddedForm.as_view(), name="embedded-form"),
    path(
        f"sites/<slug:site>/{ARTICLE}comments/",
        embed_form.EmbeddedForm.as_view(),
        name="embedded-form",
    ),
    path(
        f"{ARTICLE}comments/<int:number>/report/",
        report_page.ReportPage.as_view(),
        name="report",
    ),
    path(
        f"{ARTICLE}comments/<int:number>/vote/",
        vote_page.VotePage.as_view(),
        name="vote",
    ),
    path(
        f"sites/<slug:site>/{ARTICLE}comments/<int:number>/vote/",
        vote_page.VotePage.as_view(),
        name="vote",
    ),
    path(
        f"sites/<slug:site>/{ARTICLE}comments/<int:number>/report/",
        report_page.ReportPage.as_view(),
        name="report",
    ),
]
