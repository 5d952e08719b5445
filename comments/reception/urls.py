from django.urls import path

from comments.reception import privacy_page, report_page, views
from comments.reception.converters import ARTICLE

app_name = "comments"
urlpatterns = [
    path("", views.FrontPage.as_view(), name="front"),
    path(ARTICLE, views.ArticlePage.as_view(), name="article"),
    path("privacy/", privacy_page.PrivacyPage.as_view(), name="privacy"),
    # For the other sites of an installation.
    path(
        f"sites/<slug:site>/{ARTICLE}",
        views.ArticlePage.as_view(),
        name="article",
    ),
    path(
        f"{ARTICLE}comments/<int:number>/report/",
        report_page.ReportPage.as_view(),
        name="report",
    ),
    path(
        f"sites/<slug:site>/{ARTICLE}comments/<int:number>/report/",
        report_page.ReportPage.as_view(),
        name="report",
    ),
]
