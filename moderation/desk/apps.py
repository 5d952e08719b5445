from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class DeskConfig(AppConfig):
    """The moderators' screens."""

    name = "moderation.desk"
    label = "desk"
    default = True


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our own admin site."""

    default = False
    default_site = "moderation.desk.site.Desk"
