"""Workers' heartbeats."""

from django.db import models

from config.pipeline_timing import timing


class HeartbeatManager(models.Manager["Heartbeat"]):
    def live(self) -> "list[Heartbeat]":
        """Return the heartbeats of the workers that still run sweeps, latest first.

        Each is compared with the latest one, so that a pause of all sweeps makes none look dead.
        """
        beats = list(self.order_by("-seen_at"))
        allowed = timing().worker_missing
        return [beat for beat in beats if beat.seen_at > beats[0].seen_at - allowed]


class Heartbeat(models.Model):
    """When a worker last finished a sweep, and with which model: one row per worker name."""

    worker = models.CharField(max_length=255, primary_key=True)
    seen_at = models.DateTimeField()
    model_version = models.CharField(max_length=40, blank=True)

    objects = HeartbeatManager()

    def __str__(self) -> str:
        return f"{self.worker}, {self.seen_at.isoformat()}"
