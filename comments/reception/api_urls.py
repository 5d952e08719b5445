from django.urls import include, path, re_path

from comments.reception import api, article_api

of_a_site = [
    path("articles/<str:key>/comments/", api.ArticleComments.as_view(), name="article-comments"),
    path("articles/<str:key>/", article_api.ArticleFacts.as_view(), name="article-facts"),
    path("challenge/", api.NewChallenge.as_view(), name="challenge"),
]
urlpatterns = [
    *of_a_site,
    # The same of another site than the first, where an installation has several.
    path("sites/<slug:site>/", include(of_a_site)),
    path("submissions/<str:token>/", api.SubmissionStatus.as_view(), name="submission"),
    re_path("^", api.NoSuchEndpoint.as_view()),
]
