"""Texts of a campaign, an advert with its rewrites, and other texts; helpers that send them."""

from typing import Any

from comments.models import Article, Comment, Status
from moderation import services
from tests.makers import make_comment

PETITION = (
    "Шановна редакціє, мешканці лівого берега просять повернути нічний автобус, бо люди зі змін "
    "добираються додому пішки через темний парк, а влада мовчить другий рік і жодного разу не "
    "пояснила, куди поділися гроші з бюджету громади"
)
VARIANTS = (
    PETITION,
    PETITION.replace("лівого", "правого").replace("другий", "третій"),
    PETITION.replace("а", "a").replace("о", "o"),
    PETITION + "! Доки?",
    PETITION.replace("Шановна редакціє, ", "Люди добрі, "),
    PETITION.upper(),
    PETITION.replace("нічний", "н1чний"),
)
ADVERT = (
    "Заробіток від 3500 гривень на день без вкладень та досвіду, виплати щовечора на картку. "
    "Залишилось п'ять місць, пишіть у телеграм або переходьте на сайт"
)
REWRITES = {
    "words changed": "Заробіток від 4200 гривень на день без вкладень і досвіду, виплати щодня на "
    "картку! Лишилося сім місць, пишіть у телеграм або переходьте на наш сайт",
    "homoglyphs": ADVERT.replace("а", "a").replace("о", "o").replace("і", "i"),
    "letters apart": ADVERT.replace("Заробіток", "З а р о б і т о к"),
    "digits for letters": ADVERT.replace("вкладень", "вкл4день").replace("досвіду", "д0свіду"),
    "capitals and signs": ADVERT.upper().replace(" ", "   ") + "!!!",
    "another order": " ".join(reversed(ADVERT.split())),
    "hidden characters": "\u200b".join(ADVERT),
}
OTHERS = (
    "Працював на мостах тридцять років. Тріщини в опорах — то не жарт, вода замерзає і розриває "
    "бетон зсередини, тож пів року на дві опори з домкратами цілком реальний строк.",
    "У мене двоє дітей ходять у третю школу. Автобус що двадцять хвилин — це добре, якщо в нього "
    "можна влізти. Скільки в ньому місць і хто відповідатиме, якщо дитина запізниться?",
    "Живу біля мосту. Вночі фури по п'ятнадцять тонн їздять, незважаючи на знак. Камеру поставте, "
    "і половини ремонту не треба буде.",
)


def sent(text: str, article: Article, **over: Any) -> Comment:
    """Create a comment and return it as decided by a worker."""
    comment = make_comment(article, Status.PENDING, text=text, **over)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


def campaign(article: Article, count: int = 5) -> list[Comment]:
    return [sent(text, article) for text in VARIANTS[:count]]


def fate(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.status, comment.reason
