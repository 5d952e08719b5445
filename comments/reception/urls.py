from django.urls import path

from comments.reception import report_page, views
from comments.reception.converters import ARTICLE

app_name = "comments"
urlpatterns = [
    path("", views.FrontPage.as_view(), name="front"),
    path(ARTICLE, views.ArticlePage.as_view(), name="article"),
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
