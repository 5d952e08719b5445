from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """Imports comments from files of other systems, and exports them."""

    name = "comments.archives"
    label = "archives"
