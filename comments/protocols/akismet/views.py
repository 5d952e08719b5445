"""Answer as Akismet does: keys, checks, labels and usage."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from comments import checks
from comments.models import Label, SiteKey
from comments.protocols.akismet import answers, fields, usage
from comments.protocols.akismet.fields import Fields, UnreadableError
from comments.protocols.akismet.verdicts import Answer, answer_for
from comments.protocols.judging import judge
from comments.protocols.keys import UnknownKeyError, require_check_key
from comments.reception.database_unavailable import DATABASE_ERRORS, log_outage
from comments.reception.throttles import ThrottledError
from moderation.model_registry import ScorerError

View = Callable[[HttpRequest], HttpResponse]
_get_or_post = require_http_methods(["GET", "POST"])


def for_other_systems(view: View) -> View:
    """Mark a view as one for programs that know neither cookies nor our forms."""
    return csrf_exempt(never_cache(view))


def fails_closed(view: View) -> View:
    """Answer a check that cannot be carried out so that no system publishes the text."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except UnreadableError:
            return answers.not_judged("unreadable")
        except UnknownKeyError:
            return answers.invalid_check()
        except ThrottledError:
            return answers.not_judged("throttled")
        except ScorerError:
            return answers.not_judged("unavailable")
        except DATABASE_ERRORS as error:
            log_outage(error)
            return answers.not_judged("unavailable")

    return answer


def with_key(answered: Callable[[SiteKey, Fields], HttpResponse]) -> View:
    """Make a view of a function of the key and the fields; without a key it answers `invalid`."""

    @wraps(answered)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            sent = fields.fields_of(request)
            return answered(_key(request, sent), sent)
        except (UnreadableError, UnknownKeyError):
            return answers.plain(answers.INVALID)
        except ThrottledError as error:
            full = answers.plain("Too many requests.")
            full.status_code, full["Retry-After"] = 429, str(error.wait)
            return full

    return view


@for_other_systems
@require_POST
@with_key
def verify_key(_key: SiteKey, _sent: Fields) -> HttpResponse:
    return answers.plain("valid")


@for_other_systems
@require_POST
@fails_closed
def comment_check(request: HttpRequest) -> HttpResponse:
    sent = fields.fields_of(request)
    key = _key(request, sent)
    if lacking := fields.first_missing(sent):
        return answers.missing(lacking)
    if fields.is_too_long(sent):
        return answers.not_judged("too_long")
    answer = _fixed(sent) or _judged(key, sent)
    checks.count_check(key, spam=answer.is_spam)
    return answers.verdict(answer, key.doubt)


@for_other_systems
@require_POST
@with_key
def submit_spam(key: SiteKey, sent: Fields) -> HttpResponse:
    return _labelled(key, sent, Label.SPAM)


@for_other_systems
@require_POST
@with_key
def submit_ham(key: SiteKey, sent: Fields) -> HttpResponse:
    return _labelled(key, sent, Label.HAM)


@for_other_systems
@_get_or_post
@with_key
def usage_limit(key: SiteKey, _sent: Fields) -> HttpResponse:
    return JsonResponse(usage.usage_limit(key))


@for_other_systems
@_get_or_post
@with_key
def key_sites(key: SiteKey, sent: Fields) -> HttpResponse:
    found = usage.sites(key, sent)
    if sent.get("format") == "csv":
        return HttpResponse(usage.as_csv(found), content_type="text/csv; charset=utf-8")
    return JsonResponse(found)


@for_other_systems
@require_POST
@with_key
def get_subscription(key: SiteKey, _sent: Fields) -> HttpResponse:
    """Let the WordPress plugin accept the key on its own page."""
    return JsonResponse(
        {"status": "active", "account_name": key.name, "account_type": "", "next_billing_date": ""}
    )


@for_other_systems
@require_POST
@with_key
def get_stats(key: SiteKey, sent: Fields) -> HttpResponse:
    return JsonResponse(usage.statistics(key, sent.get("from", "all")))


def _key(request: HttpRequest, sent: Fields) -> SiteKey:
    """Return the key of a request, wherever it is. Raises as `require_check_key` does."""
    candidates = fields.key_candidates(request, sent)
    return require_check_key(candidates[0] if candidates else "")


def _fixed(sent: Fields) -> Answer | None:
    """Return the answer about the authors that Akismet documents, if it is one of them."""
    if fields.is_guaranteed_spam(sent):
        return Answer.SPAM
    return Answer.HAM if fields.is_by_administrator(sent) else None


def _judged(key: SiteKey, sent: Fields) -> Answer:
    check = fields.check_of(sent)
    judged = judge(site_key=key, check=check)
    if not fields.is_test(sent):
        checks.keep(key, check.facts(key), judged.findings)
    return answer_for(judged, key)


def _labelled(key: SiteKey, sent: Fields, label: Label) -> HttpResponse:
    if not (fields.is_test(sent) or fields.is_too_long(sent)):
        checks.label(key, fields.check_of(sent).facts(key), label)
    return answers.plain(answers.THANKS)
