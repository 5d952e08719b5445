from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """Tells others what happened to comments: webhooks and mail, from the event log."""

    name = "moderation.delivery"
    label = "delivery"
    verbose_name = _("Delivery")
