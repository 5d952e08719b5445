from django.urls import path, register_converter

from comments.reception import report_page, views
from comments.reception.converters import ArticleKey

register_converter(ArticleKey, "article_key")

app_name = "comments"
urlpatterns = [
    path("", views.FrontPage.as_view(), name="front"),
    path("articles/<article_key:key>/", views.ArticlePage.as_view(), name="article"),
    # For the other sites of an installation.
    path(
        "sites/<slug:site>/articles/<article_key:key>/",
        views.ArticlePage.as_view(),
        name="article",
    ),
    path(
        "articles/<article_key:key>/comments/<int:number>/report/",
        report_page.ReportPage.as_view(),
        name="report",
    ),
    path(
        "sites/<slug:site>/articles/<article_key:key>/comments/<int:number>/report/",
        report_page.ReportPage.as_view(),
        name="report",
    ),
]
