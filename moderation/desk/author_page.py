"""The page of an author, and the measures that are taken and ended there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from comments.models import Status
from moderation import acts, notes
from moderation.author_measures import (
    NotAllowedError,
    TakenError,
    end_measure,
    may_decide,
    set_measure,
)
from moderation.desk.author_facts import Author
from moderation.desk.author_forms import MeasureForm, NoteForm
from moderation.desk.author_waiting import waiting_of
from moderation.desk.page import MAY_SEE_COMMENTS, DeskPage
from moderation.models import AuthorMeasure, Scope
from moderation.policy.verdict import Measure

MAY_HOLD = "moderation.hold_author"
MAY_NOTE = "moderation.add_note"
TAKEN = gettext_lazy("A colleague has changed this meanwhile; here is how it stands now.")


class AuthorPage(DeskPage, TemplateView):
    """What is known about an author, and a form for a measure. A hash is in the address."""

    permission_required = (MAY_SEE_COMMENTS, "moderation.view_authormeasure")
    template_name = "moderation/author.html"
    # A refused form, to be shown again as it was filled in.
    form: MeasureForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        author = self._author()
        user, chosen = self.request.user, self.request.GET.get("measure", "")
        return {
            **super().get_context_data(**kwargs),
            "title": _("Author: %s") % author.names[0] if author.names else _("Author"),
            "author": author,
            "waiting": waiting_of(author.key, author.measures, chosen),
            # Those that wait are shown above, to be decided.
            "settled": [each for each in author.comments if each.status != Status.HELD],
            "chosen": chosen,
            "notes": notes.notes_of_author(author.key),
            "rows": [_row(user, measure) for measure in author.in_force],
            "past": [_row(user, measure) for measure in author.past],
            "form": self.form or self._new_form(author),
            "may_hold": user.has_perm(MAY_HOLD),
            "may_note": user.has_perm(MAY_NOTE),
            "note_form": NoteForm(auto_id="note_%s"),
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY_HOLD):
            raise PermissionDenied
        author = self._author()
        form = MeasureForm(request.POST, user=request.user, targets=author.targets)
        if not form.is_valid():
            self.form = form
            shown: HttpResponse = self.get(request, *args, **kwargs)
            return shown
        try:
            made = set_measure(comment=form.comment, terms=form.terms, user=request.user)
        except NotAllowedError:
            raise PermissionDenied from None
        except TakenError:
            messages.warning(request, TAKEN)
        else:
            messages.success(request, _("The measure is in force."))
            if made.kind != Measure.TRUST and author.record.held:
                own = reverse("admin:author", args=[author.key], query={"measure": made.pk})
                return redirect(f"{own}#waiting")
        return redirect("admin:author", key=author.key)

    def _author(self) -> Author:
        about = self.request.POST.get("about", "").rpartition("-")[2]
        named = about or self.request.GET.get("comment", "")
        author = Author(self.kwargs["key"], named=named)
        author.require()
        return author

    def _new_form(self, author: Author) -> MeasureForm:
        """Return an empty form about the browser of the comment that the moderator comes from."""
        from_it = f"{Scope.WRITER}-{author.named}"
        initial = {"about": from_it} if from_it in [each.value for each in author.targets] else {}
        return MeasureForm(user=self.request.user, targets=author.targets, initial=initial)


@method_decorator(require_POST, name="dispatch")
class MeasureAct(View):
    """End a measure, or undo the latest act on it."""

    undoes = False

    def post(self, request: Any, pk: int) -> HttpResponse:
        measure = get_object_or_404(AuthorMeasure.objects.select_related("act"), pk=pk)
        done = self._undo(request, measure) if self.undoes else self._end(request, measure)
        if done:
            messages.success(request, _("Undone.") if self.undoes else _("The measure has ended."))
        else:
            messages.warning(request, TAKEN)
        return redirect("admin:author", key=measure.author_key)

    def _end(self, request: Any, measure: AuthorMeasure) -> bool:
        try:
            end_measure(measure=measure, user=request.user)
        except NotAllowedError:
            raise PermissionDenied from None
        except TakenError:
            return False
        return True

    def _undo(self, request: Any, measure: AuthorMeasure) -> bool:
        if not _may_undo(request.user, measure):
            raise PermissionDenied
        if measure.act is None:
            return False
        undone = acts.undo(act=measure.act, user=request.user)
        return undone.act is not None and not undone.changed


def _row(user: Any, measure: AuthorMeasure) -> dict[str, Any]:
    """Return a measure with what this user may do about it."""
    may = may_decide(user, kind=measure.kind, scope=measure.scope)
    return {
        "measure": measure,
        "may_end": may and measure.is_in_force,
        "may_undo": _may_undo(user, measure) and bool(measure.act and measure.act.is_recent),
    }


def _may_undo(user: Any, measure: AuthorMeasure) -> bool:
    act = measure.act
    if act is None or not acts.may_undo(user, act):
        return False
    return may_decide(user, kind=measure.kind, scope=measure.scope)
