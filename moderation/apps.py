from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with a site of ours; not what "moderation" alone stands for."""

    default = False
    default_site = "moderation.desk_site.Desk"
