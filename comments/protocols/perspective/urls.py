"""The paths of Perspective, which its clients append to a host."""

from django.urls import path

from comments.protocols.perspective import views

urlpatterns = [
    path("v1alpha1/comments:analyze", views.analyze_comment, name="perspective_analyze"),
    path("v1alpha1/comments:suggestscore", views.suggest_score, name="perspective_suggest"),
    path("$discovery/rest", views.discover, name="perspective_discovery"),
]
