"""The attributes that are answered, under Perspective's names, and the languages they are for."""

from collections.abc import Mapping

from moderation import model_registry

# What the shipped model was trained for; see its card. For the others there is no basis.
_OURS = {"TOXICITY": "toxicity", "SPAM": "spam"}
LANGUAGES = ("uk", "ru", "en")
# BCP-47 for a language that was not detected.
UNDETERMINED = "und"

_BASE = ("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT")
_EXPERIMENTAL = (
    *_BASE,
    "AFFINITY",
    "ALIENATION",
    "COMPASSION",
    "CONSTRUCTIVE",
    "CURIOSITY",
    "FEARMONGERING",
    "GENERALIZATION",
    "MORAL_OUTRAGE",
    "NUANCE",
    "PERSONAL_STORY",
    "POWER_APPEAL",
    "REASONING",
    "RESPECT",
    "SCAPEGOATING",
)
# All that Perspective has answered; those that are not ours can be dropped from a request.
KNOWN = frozenset(
    (
        *_BASE,
        *(f"{name}_EXPERIMENTAL" for name in _EXPERIMENTAL),
        "SEXUALLY_EXPLICIT",
        "FLIRTATION",
        "ATTACK_ON_AUTHOR",
        "ATTACK_ON_COMMENTER",
        "INCOHERENT",
        "INFLAMMATORY",
        "LIKELY_TO_REJECT",
        "OBSCENE",
        "SPAM",
        "UNSUBSTANTIAL",
    )
)


def ours() -> Mapping[str, str]:
    """Return the attributes that the model has, by Perspective's names. Raises ScorerError."""
    has = model_registry.for_site().attributes
    return {name: attribute for name, attribute in _OURS.items() if attribute in has}


def is_supported(language: str) -> bool:
    """Whether a language tag such as "uk" or "en-GB" names one of our languages."""
    return language.replace("_", "-").partition("-")[0].lower() in LANGUAGES
