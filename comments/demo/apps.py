from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The newspaper of `make run`, which shows the service at work."""

    name = "comments.demo"
    label = "demo"
