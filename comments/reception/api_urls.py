from django.urls import include, path, re_path

from comments.reception import (
    api,
    article_api,
    comment_api,
    embed_api,
    hint_api,
    live_api,
    own_api,
    report_api,
    vote_api,
)

site_urls = [
    path("articles/<str:key>/comments/", api.ArticleComments.as_view(), name="article-comments"),
    path("articles/<str:key>/comments/html/", embed_api.Fragment.as_view(), name="article-html"),
    path("articles/<str:key>/comments/live/", live_api.ArticleLive.as_view(), name="article-live"),
    path("articles/<str:key>/comments/votes/", vote_api.ArticleVotes.as_view(), name="votes"),
    path(
        "articles/<str:key>/comments/<int:number>/vote/",
        vote_api.CommentVote.as_view(),
        name="vote",
    ),
    path(
        "articles/<str:key>/comments/<int:number>/",
        comment_api.OneComment.as_view(),
        name="one-comment",
    ),
    path(
        "articles/<str:key>/comments/<int:number>/reports/",
        report_api.CommentReports.as_view(),
        name="comment-reports",
    ),
    path("articles/<str:key>/", article_api.ArticleFacts.as_view(), name="article-facts"),
    path("counts/", comment_api.Counts.as_view(), name="counts"),
    path("hint/", hint_api.Hint.as_view(), name="hint"),
    path("challenge/", api.NewChallenge.as_view(), name="challenge"),
]
urlpatterns = [
    *site_urls,
    # The same for the other sites of an installation.
    path("sites/<slug:site>/", include(site_urls)),
    path("submissions/<str:token>/", own_api.OwnComment.as_view(), name="submission"),
    path("submissions/<str:token>/appeal/", own_api.OwnAppeal.as_view(), name="submission-appeal"),
    path("reports/<str:token>/", report_api.ReportStatus.as_view(), name="report-status"),
    re_path("^", api.NoSuchEndpoint.as_view()),
]
