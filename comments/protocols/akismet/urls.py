"""The paths of the Akismet protocol, at the root: clients add them to a host."""

from django.urls import path

from comments.protocols.akismet import views

urlpatterns = [
    path("1.1/verify-key", views.verify_key),
    path("1.1/comment-check", views.comment_check),
    path("1.1/submit-spam", views.submit_spam),
    path("1.1/submit-ham", views.submit_ham),
    path("1.1/get-subscription", views.get_subscription),
    path("1.1/get-stats", views.get_stats),
    path("1.2/usage-limit", views.usage_limit),
    path("1.2/key-sites", views.key_sites),
]
