"""The readers' page about their data: what is stored with a comment, why and for how long."""

from typing import Any

from django.conf import settings
from django.views.generic import TemplateView

from comments.identity import COOKIE_AGE


class PrivacyPage(TemplateView):
    template_name = "comments/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            days={
                "address": settings.ADDRESS_KEPT_DAYS,
                "email": settings.EMAIL_KEPT_DAYS,
                "rejected": settings.REJECTED_KEPT_DAYS,
                "held": settings.HELD_KEPT_DAYS,
                "cookie": COOKIE_AGE // (24 * 60 * 60),
            },
            mails=bool(settings.EMAIL_URL),
            contact=settings.PRIVACY_CONTACT,
            contact_text=settings.PRIVACY_CONTACT.removeprefix("mailto:"),
        )
