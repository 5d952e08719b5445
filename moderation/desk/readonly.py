"""An admin page on which nothing can be changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from comments.admin import ListAdmin


class ReadOnlyAdmin(ListAdmin):
    """Nothing is added, edited or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the object's page: Django's history only has changes made by its forms."""
        address = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id]
        )
        return HttpResponseRedirect(address)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
