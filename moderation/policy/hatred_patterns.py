"""People who are called vermin, or told to go back where they came from."""

from moderation.policy.grammar import Pattern

PATTERNS = (
    Pattern("GROUPS ~1 NOT PEOPLE", unless="ASKED|FOR"),
    Pattern("OFFICIALS ~1 NOT PEOPLE", unless="ASKED|FOR"),
    Pattern("GROUPS IS VERMIN", unless="REPORTED"),
    Pattern("GROUPS VERMIN"),
    Pattern("CAME ~3 GROUPS"),
    Pattern("GROUPS ~3 CAME"),
    Pattern("GO_AWAY ~1 GROUPS"),
    Pattern("GROUPS ~2 GO_AWAY"),
)
