"""Model fields that keep our validators out of migrations."""

from typing import TYPE_CHECKING, Any

from django.db import models

# Fields take the types of their values in the stubs only.
if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
    URLField = models.URLField[str, str]
else:
    CharField, TextField, URLField = models.CharField, models.TextField, models.URLField


class CheckedCharField(CharField):
    def deconstruct(self) -> Any:
        return _as_django_field(super().deconstruct(), "CharField")


class CheckedTextField(TextField):
    def deconstruct(self) -> Any:
        return _as_django_field(super().deconstruct(), "TextField")


class CheckedURLField(URLField):
    def deconstruct(self) -> Any:
        return _as_django_field(super().deconstruct(), "URLField")

    def formfield(self, **options: Any) -> Any:  # type: ignore[override]
        return super().formfield(**{"assume_scheme": "https", **options})


def _as_django_field(field: Any, kind: str) -> Any:
    name, _, arguments, options = field
    options.pop("validators", None)
    return name, f"django.db.models.{kind}", arguments, options
