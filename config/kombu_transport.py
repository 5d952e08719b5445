"""Kombu's Redis transport, corrected so that a failed ack frees its prefetch slot.

In Kombu itself (5.7.0) such an ack leaves the worker's prefetch slot taken for good: after the
broker has hung for three seconds the worker lives and takes no message any more
(https://github.com/celery/celery/issues/2415). The classes below use the places that Kombu has for
this, `Channel.QoS`, `Transport.Channel` and the names of transports; Celery's `broker_transport`
would do for the last, but not for a socket or TLS, which Kombu knows by the name of the transport.
A test in tests/flows/test_main_line.py hangs a broker in the midst of work.
"""

from kombu.transport import TRANSPORT_ALIASES, redis, virtual


class QoS(redis.QoS):
    def ack(self, delivery_tag: str) -> None:
        """Frees the slot either way. A message whose ack was lost comes again and changes nothing.

        The Redis ack raises before it comes to the slot, so the one below it is called.
        """
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel


def register() -> None:
    """Makes it the transport of the addresses redis:// and rediss://."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{Transport.__module__}:{Transport.__name__}"
