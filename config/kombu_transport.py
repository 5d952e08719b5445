"""Kombu's Redis transport, corrected so that a failed ack frees its prefetch slot.

In Kombu itself (5.7.0) such an ack never frees the slot: after the broker has hung for three
seconds the worker still runs, but takes no more messages
(https://github.com/celery/celery/issues/2415). The classes below use Kombu's own extension points:
`Channel.QoS`, `Transport.Channel` and the transport aliases. Celery's `broker_transport` could
replace the alias, but not for a socket or TLS, which Kombu recognizes by the transport's name.
A test in tests/flows/test_main_line.py hangs the broker during work.
"""

from kombu.transport import TRANSPORT_ALIASES, redis, virtual


class QoS(redis.QoS):
    def ack(self, delivery_tag: str) -> None:
        """Free the slot even if the ack fails; the message is then delivered again, harmlessly.

        The Redis ack raises before it frees the slot, so call the base class's.
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
    """Use this transport for redis:// and rediss:// URLs."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{Transport.__module__}:{Transport.__name__}"
