"""The readers' page about accessibility: what the pages aim at, what was tested, what lacks."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.views.generic import TemplateView

# When the statement was last compared with the pages.
REVIEWED = dt.date(2026, 11, 29)


class AccessibilityPage(TemplateView):
    template_name = "comments/accessibility.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            reviewed=REVIEWED,
            contact=settings.PRIVACY_CONTACT,
            contact_text=settings.PRIVACY_CONTACT.removeprefix("mailto:"),
        )
