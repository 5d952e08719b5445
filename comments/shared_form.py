"""The form of what several people set: an older page does not overwrite a colleague's change."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

# A long list of words that a colleague has changed is not repeated in full.
_LONGEST_CHANGE = 500
Lines = list[str]


@dataclass(frozen=True)
class _Shown:
    """The fields as a page showed them, and the latest entry of the log at that time."""

    values: dict[str, Lines]
    entry: int


class _AsShown(forms.CharField):
    """What the page showed, as JSON. It is no setting, so no log says that it has changed."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SharedForm(forms.ModelForm):
    """Sends what its page showed; if that has changed since, it is shown again, not saved.

    Whatever was typed is kept, and everything else is as it is stored now: sent again, it is
    saved. A form that does not say what was shown is saved as it is.
    """

    as_shown = _AsShown(label="", required=False)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "as_shown":
            return json.dumps({"values": self._stored(), "entry": self._last_entry()})
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        sent = _read(self.data.get(self.add_prefix("as_shown"), ""))
        changed = self._changed_since(sent.values)
        if self.instance.pk and changed:
            self._show_again(changed, sent)
        return cleaned

    @property
    def is_outdated(self) -> bool:
        """Whether the form is refused because somebody else has changed what it showed."""
        return self.has_error(NON_FIELD_ERRORS, "outdated")

    def _changed_since(self, seen: dict[str, Lines]) -> list[str]:
        """Return the fields that were changed since, and not to what this form sends."""
        stored = self._stored()
        return [
            name
            for name, now in stored.items()
            if seen.get(name, now) != now and self._typed(name) != now
        ]

    def _show_again(self, changed: Sequence[str], sent: _Shown) -> None:
        stored, data = self._stored(), self.data.copy()
        self.data: Any = data
        for name in changed:
            seen = sent.values[name]
            if self._typed(name) == seen:
                self._put_what_is_stored(name)
                told = _("This has been changed since you opened the page; here is how it is now.")
            else:
                change = {"change": _in_words(self.fields[name], seen, stored[name])}
                told = _(
                    "This has been changed since you opened the page: %(change)s. If you save "
                    "again, yours replaces it."
                )
                told %= change
            self.add_error(name, told)
        data[self.add_prefix("as_shown")] = self.get_initial_for_field(
            self.fields["as_shown"], "as_shown"
        )
        self.add_error(None, forms.ValidationError(self._sentence(sent), code="outdated"))

    def _sentence(self, sent: _Shown) -> str:
        sentence = _(
            "Nothing is saved yet: what is marked below has been changed since you opened the "
            "page. If all is right now, save again."
        )
        since = self._entries().filter(pk__gt=sent.entry)
        names = {entry.user.get_username(): None for entry in since.select_related("user")}
        changed_by = _("Changed by: %s.") % ", ".join(names)
        return f"{sentence} {changed_by}" if names else sentence

    def _stored(self) -> dict[str, Lines]:
        """Return what an unchanged page would show in each field."""
        return {
            name: _as_lines(field, self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name != "as_shown" and not field.disabled
        }

    def _typed(self, name: str) -> Lines | None:
        """Return what was sent in a field; None if it is not valid."""
        if name not in self.cleaned_data:
            return None
        return _as_lines(self.fields[name], self.cleaned_data[name])

    def _put_what_is_stored(self, name: str) -> None:
        field: Any = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        key, widget = self.add_prefix(name), field.widget
        if isinstance(widget, forms.MultiWidget):
            for part in widget.get_context(key, value, {})["widget"]["subwidgets"]:
                self.data[part["name"]] = part["value"] or ""
        elif isinstance(value, list):
            self.data.setlist(key, value)
        else:
            self.data[key] = "" if value is None else value

    def _entries(self) -> QuerySet[LogEntry]:
        kind = ContentType.objects.get_for_model(self.instance)
        return LogEntry.objects.filter(content_type=kind, object_id=str(self.instance.pk))

    def _last_entry(self) -> int:
        """Return the latest entry about it in the log of the admin site: later ones are news."""
        if not self.instance.pk:
            return 0
        return self._entries().aggregate(last=Max("pk"))["last"] or 0


def _read(sent: str) -> _Shown:
    try:
        found = json.loads(sent)
        values = {name: list(map(str, lines)) for name, lines in found["values"].items()}
        return _Shown(values, int(found["entry"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _Shown({}, 0)


def _as_lines(field: Any, value: Any) -> Lines:
    """Return a value as a page shows it, without what forms and browsers do to white space."""
    shown = field.prepare_value(value)
    if isinstance(shown, dt.datetime) and timezone.is_aware(shown):
        shown = shown.astimezone(dt.UTC)
    if isinstance(shown, list):
        return sorted(map(str, shown))
    text = "" if shown is None else str(shown)
    return [line for line in map(str.strip, text.splitlines()) if line]


def _in_words(field: Any, seen: Lines, now: Lines) -> str:
    """Return what was removed and added: "раковина → умивальник"."""
    labels = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    removed, added = (
        ", ".join(labels.get(each, each) for each in one if each not in other) or "—"
        for one, other in ((seen, now), (now, seen))
    )
    return Truncator(f"{removed} → {added}").chars(_LONGEST_CHANGE)
