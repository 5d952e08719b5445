"""Precedents: by which texts a person's earlier decision is found again."""

from django.db import models

from moderation.models.decision import Decision

# How many decisions are found by one signature. The newest one is always among them.
SLOTS = 16


class Precedent(models.Model):
    """A signature of a text on which a person has decided, and that decision.

    See moderation.precedents. Of decisions that share a signature and a slot the newest is kept, so
    a text that is decided on every day needs no more rows than one that was decided on a few times.
    """

    pk = models.CompositePrimaryKey("value", "slot")
    value = models.BigIntegerField()
    slot = models.SmallIntegerField()
    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="+", db_constraint=False, editable=False
    )

    def __str__(self) -> str:
        return f"{self.value}: decision {self.decision_id}"
