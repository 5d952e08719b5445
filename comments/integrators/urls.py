from django.urls import path

from comments.integrators import views

urlpatterns = [
    path("queue/", views.Queue.as_view(), name="queue"),
    path("comments/<int:number>/", views.AnyComment.as_view(), name="any-comment"),
    path(
        "comments/<int:number>/decisions/",
        views.CommentDecisions.as_view(),
        name="comment-decisions",
    ),
    path("decisions/", views.Decisions.as_view(), name="decisions"),
    path("policy/", views.Policy.as_view(), name="policy"),
    path("events/", views.Events.as_view(), name="events"),
]
