"""Kombu's Redis transport, mended: a message whose ack the broker did not hear frees its slot.

As it comes, an ack that times out leaves the worker's prefetch slot taken for good, and a broker
that hung for three seconds leaves a worker that lives and takes no message again.
"""

from kombu.transport import TRANSPORT_ALIASES, redis, virtual


class QoS(redis.QoS):
    def ack(self, delivery_tag: str) -> None:
        """Frees the slot either way; an unheard message comes again and decides nothing twice."""
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel


def use_mended_transport() -> None:
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{Transport.__module__}:{Transport.__name__}"
