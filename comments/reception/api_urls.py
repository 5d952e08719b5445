from django.urls import path, re_path

from comments.reception import api

urlpatterns = [
    path("articles/<slug:slug>/comments/", api.ArticleComments.as_view(), name="article-comments"),
    path("submissions/<str:token>/", api.SubmissionStatus.as_view(), name="submission"),
    path("stamp/", api.NewStamp.as_view(), name="stamp"),
    re_path("^", api.NoSuchEndpoint.as_view()),
]
