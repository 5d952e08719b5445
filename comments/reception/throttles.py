"""Throttles by network, author, article and site.

Each site has its own counters. They are kept in the broker, which all web processes share, or in
this process if the broker is unavailable.
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
from limits import RateLimitItem, RateLimitItemPerDay
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from comments.reception.retry_words import retry_sentence
from config import metrics
from config.client_ip import networks_of
from config.pipeline_timing import BROKER_PAUSE

logger = logging.getLogger(__name__)

# In seconds. Only one request per BROKER_PAUSE waits this long for a broker that is down.
TIMEOUT = 0.25
ATTACK_CACHE_SECONDS = 2
TOO_FAST = _("You are sending comments faster than anyone can read them.")
CHANGES_TOO_FAST = _("You are changing this faster than anyone can read it.")
REPORTS_TOO_FAST = _("You are sending reports faster than anyone can read them.")
PROGRAM_TOO_FAST = _("This site key is sending more requests than the service allows.")
VOTES_TOO_FAST = _("You are voting faster than anyone can read.")
VOTES_TOO_MANY = _("We are receiving very many votes right now.")
HINTS_TOO_FAST = _("You are asking for hints faster than anyone can type.")
REPORTS_TOO_MANY = _("We are receiving very many reports right now.")
TOO_MANY = _("We are receiving very many comments right now.")

# The factors for the limits of the wider IPv6 networks: see networks_of.
NETWORK_FACTORS = (1, 2, 4)
# The share of the site's limit for comments without a proof of work during an attack.
UNPROVEN_SHARE = 0.5
_ONCE = RateLimitItemPerDay(1, multiples=2)
# A secret is easily made anew, so one network has only so many votes for a comment.
_VOTES_OF_NETWORK = RateLimitItemPerDay(20)
# Voting takes one click, and a reader may like much of a page.
_VOTES_A_COMMENT = 6
# How often typing pauses.
_HINTS_A_COMMENT = 3


class BrokerBackoff:
    """Keeps this process from using a broker that has failed.

    After a failure, one attempt per BROKER_PAUSE is allowed. Threads share this without a lock: a
    race costs one attempt more.
    """

    def __init__(self) -> None:
        self.until: float | None = None

    def allows(self) -> bool:
        if self.until is None:
            return True
        if time.monotonic() < self.until:
            return False
        self.start()
        return True

    def start(self) -> None:
        self.until = time.monotonic() + BROKER_PAUSE

    def stop(self) -> None:
        self.until = None


broker_backoff = BrokerBackoff()


class ThrottledError(Exception):
    """A limit is full: `sentence` is for the reader, `wait` the seconds until there is room."""

    def __init__(self, message: object, wait: int) -> None:
        self.wait = wait
        self.sentence = f"{message} {retry_sentence(wait)}"


def admit(*, site: str, address: str, author: str) -> None:
    """Count one comment against its sender's limits; raises ThrottledError if one is full.

    Call it before the counters of the article and the site, so one sender cannot use those up.
    """
    if not settings.THROTTLES:
        return
    _admit_network(address, f"address:{site}", TOO_FAST)
    _refuse_over(settings.THROTTLE_AUTHOR, f"author:{site}:{author}", TOO_FAST)


def admit_to_site(*, site: str, unproven: bool) -> None:
    """Count one comment against the site's limit; raises ThrottledError if it is full.

    During an attack, comments without a proof of work have a smaller limit of their own, so they
    cannot crowd out the others.
    """
    if not settings.THROTTLES:
        return
    share, key = (UNPROVEN_SHARE, f"site:{site}:unproven") if unproven else (1, f"site:{site}")
    _refuse_over(_scaled(settings.THROTTLE_SITE, share), key, TOO_MANY)


def admit_report(*, site: str, address: str, reporter: str) -> None:
    """Count one report against limits as wide as those of comments, with counters of their own.

    Raises ThrottledError if one is full.
    """
    if not settings.THROTTLES:
        return
    _admit_network(address, f"report-address:{site}", REPORTS_TOO_FAST)
    _refuse_over(settings.THROTTLE_AUTHOR, f"reporter:{site}:{reporter}", REPORTS_TOO_FAST)
    _refuse_over(settings.THROTTLE_SITE, f"report-site:{site}", REPORTS_TOO_MANY)


def admit_vote(*, site: str, address: str, voter: str) -> None:
    """Count one vote, given or taken back; its limits are wider than those of comments.

    Raises ThrottledError if one is full.
    """
    if not settings.THROTTLES:
        return
    _admit_network(address, f"vote-address:{site}", VOTES_TOO_FAST, _VOTES_A_COMMENT)
    limits = _scaled(settings.THROTTLE_AUTHOR, _VOTES_A_COMMENT)
    _refuse_over(limits, f"voter:{site}:{voter}", VOTES_TOO_FAST)
    limits = _scaled(settings.THROTTLE_SITE, _VOTES_A_COMMENT)
    _refuse_over(limits, f"vote-site:{site}", VOTES_TOO_MANY)


def admit_vote_for(*, site: str, address: str, comment: int) -> None:
    """Count a new vote for one comment from one network; raises ThrottledError if it had many."""
    if settings.THROTTLES:
        key = f"votes-for:{site}:{comment}:{networks_of(address)[-1]}"
        _refuse_over([_VOTES_OF_NETWORK], key, VOTES_TOO_MANY)


def admit_program(site_key: int, *, checks: bool = False) -> None:
    """Count one request with a site key; raises ThrottledError if its limit is full."""
    if settings.THROTTLES:
        limits = settings.THROTTLE_CHECKS if checks else settings.THROTTLE_SITE_KEY
        _refuse_over(limits, f"program:{site_key}", PROGRAM_TOO_FAST)


def admit_change(*, site: str, address: str, comment: int) -> None:
    """Count a change of a comment by its author, against limits as wide as those of new ones.

    It has counters of its own. Raises ThrottledError if one is full.
    """
    if not settings.THROTTLES:
        return
    _admit_network(address, f"change-address:{site}", CHANGES_TOO_FAST)
    _refuse_over(settings.THROTTLE_AUTHOR, f"change:{site}:{comment}", CHANGES_TOO_FAST)
    _refuse_over(settings.THROTTLE_SITE, f"change-site:{site}", TOO_MANY)


def admit_hint(*, site: str, address: str) -> None:
    """Count one question for a hint; raises ThrottledError if a limit is full.

    Who types pauses several times a comment. Scoring takes time, so the site has a limit too.
    """
    if settings.THROTTLES:
        _admit_network(address, f"hint-address:{site}", HINTS_TOO_FAST, _HINTS_A_COMMENT)
        limits = _scaled(settings.THROTTLE_SITE, _HINTS_A_COMMENT)
        _refuse_over(limits, f"hint-site:{site}", HINTS_TOO_FAST)


def full_article_limit(site: str, article: str) -> RateLimitItem | None:
    """Count one comment on the article, and return the limit that is full, if any."""
    if not settings.THROTTLES:
        return None
    key = hashed_key(f"article:{site}:{article}")
    return next((limit for limit in settings.THROTTLE_ARTICLE if not _hit(limit, key)), None)


def count_arrival(site: str) -> bool:
    """Count a comment of the site, and return whether the site is under attack."""
    key = f"arrivals:{site}"
    attack = bool(settings.THROTTLES and _hit_all(settings.PROOF_ABOVE, key))
    if attack:
        # For the response to this request, which may show the form again.
        cache.set(key, True, ATTACK_CACHE_SECONDS)
    return attack


def under_attack(site: str) -> bool:
    """Whether the site is under attack, without counting; cached for a moment."""
    if not settings.THROTTLES:
        return False
    key = f"arrivals:{site}"
    known = cache.get(key)
    if known is None:
        known = any(_is_full(limit, key) for limit in settings.PROOF_ABOVE)
        cache.set(key, known, ATTACK_CACHE_SECONDS)
    return bool(known)


def is_first(name: str) -> bool:
    """Record the name, and return whether it was new within two days."""
    return _hit(_ONCE, hashed_key(name))


def is_known(name: str) -> bool:
    """Whether is_first has recorded the name within two days."""
    return _is_full(_ONCE, hashed_key(name))


def _admit_network(address: str, key: str, message: object, times: int = 1) -> None:
    """Count one more against `times` the limits of the networks of an address."""
    for factor, network in zip(NETWORK_FACTORS, networks_of(address), strict=False):
        limits = _scaled(settings.THROTTLE_ADDRESS, factor * times)
        _refuse_over(limits, f"{key}:{network}", message)


def _refuse_over(limits: Iterable[RateLimitItem], key: str, message: object) -> None:
    if wait := _hit_all(limits, hashed_key(key)):
        metrics.count_throttled(key.partition(":")[0])
        raise ThrottledError(message, wait)


def _scaled(limits: Iterable[RateLimitItem], factor: float) -> list[RateLimitItem]:
    return [type(limit)(max(1, int(limit.amount * factor)), limit.multiples) for limit in limits]


def _is_full(limit: RateLimitItem, key: str) -> bool:
    return not _count(lambda counters: counters.test(limit, key))


def _hit_all(limits: Iterable[RateLimitItem], key: str) -> int:
    """Count one more; returns 0, or the seconds to wait if a limit is full."""
    for limit in limits:
        if not _hit(limit, key):
            return seconds_left(limit, key)
    return 0


def _hit(limit: RateLimitItem, key: str) -> bool:
    return _count(lambda counters: counters.hit(limit, key))


def _count(ask: Callable[[MovingWindowRateLimiter], bool]) -> bool:
    """Use the counters of the broker, or of this process if the broker is unavailable."""
    if broker_backoff.allows():
        try:
            answer = ask(broker_counters())
        except RedisError as error:
            broker_backoff.start()
            logger.warning(
                "broker unavailable (%s): counting in this process", type(error).__name__
            )
        else:
            broker_backoff.stop()
            return answer
    return ask(local_counters())


def seconds_left(limit: RateLimitItem, key: str) -> int:
    try:
        counters = local_counters() if broker_backoff.until else broker_counters()
        frees_at = counters.get_window_stats(limit, key).reset_time
    except RedisError:
        frees_at = time.time() + limit.get_expiry()
    return max(1, math.ceil(frees_at - time.time()))


@lru_cache
def broker_counters() -> MovingWindowRateLimiter:
    """The counters in the broker, without retries."""
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1)
    options = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
    no_retry: object = Retry(NoBackoff(), 0)
    return MovingWindowRateLimiter(
        RedisStorage(url, key_prefix="comments", retry=no_retry, **options)  # type: ignore[arg-type]
    )


@lru_cache
def local_counters() -> MovingWindowRateLimiter:
    """The counters of this process."""
    return MovingWindowRateLimiter(MemoryStorage())


def hashed_key(key: str) -> str:
    """Hash the key, so the broker stores neither addresses nor who comments where."""
    return salted_hmac("comments.throttles", key, algorithm="sha256").hexdigest()[:32]
