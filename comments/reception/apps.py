from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Receives comments: the form, the REST API, their limits and their pages."""

    name = "comments.reception"
    label = "reception"
