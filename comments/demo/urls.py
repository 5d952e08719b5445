"""The newspaper's pages, which replace those of comments.reception for articles with a story."""

from django.urls import path

from comments.demo import views
from comments.reception.converters import ARTICLE
from comments.reception.urls import urlpatterns as own_pages

# The same namespace as comments.reception, so links work with either.
app_name = "comments"
urlpatterns = [
    path("", views.front, name="front"),
    path(ARTICLE, views.StoryPage.as_view(), name="article"),
    *own_pages,
]
