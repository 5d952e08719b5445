"""Throttles by network, author, article and site.

Each site counts for itself.

Counted in the broker, which all web processes share; in this process where the broker is out.
"""

import logging
import math
import time
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from limits import RateLimitItem, RateLimitItemPerDay
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config import metrics
from config.client_ip import networks_of
from config.pipeline_timing import BROKER_PAUSE

logger = logging.getLogger(__name__)

# A reader waits for the counters no longer than this, and one reader in BROKER_PAUSE only.
PATIENCE = 0.25
A_MOMENT = 2
ONE_SENDER = _("You are sending comments faster than anyone can read them.")
ALL_SENDERS = _("We are receiving very many comments right now.")

# How much more may come from each wider network of IPv6 than from the narrowest: see networks_of.
WIDER = (1, 2, 4)
# The part of the site's limit that is left to comments without the work that others do.
UNPROVEN = 0.5
_ONCE = RateLimitItemPerDay(1, multiples=2)


class BrokerRest:
    """Whether this process leaves the broker alone for now.

    After a failure one asking in BROKER_PAUSE finds out whether it is back. Threads share it
    without a lock: a race costs one asking more.
    """

    def __init__(self) -> None:
        self.until: float | None = None

    def allows(self) -> bool:
        if self.until is None:
            return True
        if time.monotonic() < self.until:
            return False
        self.begin()
        return True

    def begin(self) -> None:
        self.until = time.monotonic() + BROKER_PAUSE

    def end(self) -> None:
        self.until = None


counters_rest = BrokerRest()


class ThrottledError(Exception):
    """Too much was sent: `sentence` says so to the reader, `wait` in how many seconds to return."""

    def __init__(self, complaint: object, wait: int) -> None:
        self.wait = wait
        self.sentence = f"{complaint} {_advice(wait)}"


def admit(*, site: str, address: str, author: str) -> None:
    """Counts one comment against its sender's limits; raises ThrottledError for the first full.

    This comes before all that is counted for the article and the site, so that one sender cannot
    use up what belongs to all.
    """
    if not settings.THROTTLES:
        return
    for wider, network in zip(WIDER, networks_of(address), strict=False):
        limits = _times(settings.THROTTLE_ADDRESS, wider)
        _refuse_over(limits, f"address:{site}:{network}", ONE_SENDER)
    _refuse_over(settings.THROTTLE_AUTHOR, f"author:{site}:{author}", ONE_SENDER)


def admit_to_site(*, site: str, unproven: bool) -> None:
    """Counts one comment of the site; raises ThrottledError where it is full.

    What came without work while others work for theirs has a smaller part of its own, so that it
    cannot keep them out.
    """
    if not settings.THROTTLES:
        return
    part, whose = (UNPROVEN, f"site:{site}:unproven") if unproven else (1, f"site:{site}")
    _refuse_over(_times(settings.THROTTLE_SITE, part), whose, ALL_SENDERS)


def full_article_limit(site: str, article: str) -> RateLimitItem | None:
    """Count one comment on the article, and return the limit that is full, if any."""
    if not settings.THROTTLES:
        return None
    whose = unreadable(f"article:{site}:{article}")
    return next((limit for limit in settings.THROTTLE_ARTICLE if not _hit(limit, whose)), None)


def count_arrival(site: str) -> bool:
    """Counts a comment of the site; whether they come so fast that it is under attack."""
    whose = f"arrivals:{site}"
    attack = bool(settings.THROTTLES and _wait(settings.PROOF_ABOVE, whose))
    if attack:
        # The page that answers must know of it, too.
        cache.set(whose, True, A_MOMENT)
    return attack


def under_attack(site: str) -> bool:
    """The same without counting, as it was a moment ago."""
    if not settings.THROTTLES:
        return False
    whose = f"arrivals:{site}"
    known = cache.get(whose)
    if known is None:
        known = any(_is_full(limit, whose) for limit in settings.PROOF_ABOVE)
        cache.set(whose, known, A_MOMENT)
    return bool(known)


def is_first(name: str) -> bool:
    """Whether this was not asked of the name before, within two days."""
    return _hit(_ONCE, unreadable(name))


def is_known(name: str) -> bool:
    """Whether is_first was asked of the name, within two days."""
    return _is_full(_ONCE, unreadable(name))


def _refuse_over(limits: Iterable[RateLimitItem], whose: str, complaint: object) -> None:
    if wait := _wait(limits, unreadable(whose)):
        metrics.count_throttled(whose.partition(":")[0])
        raise ThrottledError(complaint, wait)


def _times(limits: Iterable[RateLimitItem], factor: float) -> list[RateLimitItem]:
    return [type(limit)(max(1, int(limit.amount * factor)), limit.multiples) for limit in limits]


def _is_full(limit: RateLimitItem, whose: str) -> bool:
    return not _counted(lambda counters: counters.test(limit, whose))


def _wait(limits: Iterable[RateLimitItem], whose: str) -> int:
    """Counts one more; 0, or the seconds until there is room where there is none."""
    for limit in limits:
        if not _hit(limit, whose):
            return seconds_left(limit, whose)
    return 0


def _hit(limit: RateLimitItem, whose: str) -> bool:
    return _counted(lambda counters: counters.hit(limit, whose))


def _counted(ask: Callable[[MovingWindowRateLimiter], bool]) -> bool:
    """What the counters answer: the broker's, or this process's own where that is out."""
    if counters_rest.allows():
        try:
            answer = ask(_shared())
        except RedisError as error:
            counters_rest.begin()
            logger.warning(
                "broker unavailable (%s): counting in this process", type(error).__name__
            )
        else:
            counters_rest.end()
            return answer
    return ask(own_counters())


def seconds_left(limit: RateLimitItem, whose: str) -> int:
    try:
        counters = own_counters() if counters_rest.until else _shared()
        frees_at = counters.get_window_stats(limit, whose).reset_time
    except RedisError:
        frees_at = time.time() + limit.get_expiry()
    return max(1, math.ceil(frees_at - time.time()))


@lru_cache
def _shared() -> MovingWindowRateLimiter:
    """The counters in the broker: asked once, with no second try."""
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1)
    options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    never_again: object = Retry(NoBackoff(), 0)
    return MovingWindowRateLimiter(
        RedisStorage(url, key_prefix="comments", retry=never_again, **options)  # type: ignore[arg-type]
    )


@lru_cache
def own_counters() -> MovingWindowRateLimiter:
    """Those of this process."""
    return MovingWindowRateLimiter(MemoryStorage())


def unreadable(whose: str) -> str:
    """The broker is told neither an address nor who writes where."""
    return salted_hmac("comments.throttles", whose, algorithm="sha256").hexdigest()[:32]


def _advice(wait: int) -> str:
    if wait < 100:
        text = ngettext(
            "Send it again in %d second. Nothing you typed is lost.",
            "Send it again in %d seconds. Nothing you typed is lost.",
            wait,
        )
        return text % wait
    minutes = math.ceil(wait / 60)
    text = ngettext(
        "Send it again in %d minute. Nothing you typed is lost.",
        "Send it again in %d minutes. Nothing you typed is lost.",
        minutes,
    )
    return text % minutes
