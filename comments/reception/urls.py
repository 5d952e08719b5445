from django.urls import path

from comments.reception import views

app_name = "comments"
urlpatterns = [
    path("", views.FrontPage.as_view(), name="front"),
    path("articles/<slug:slug>/", views.ArticlePage.as_view(), name="article"),
]
