from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo newspaper of `make run`."""

    name = "comments.demo"
    label = "demo"
