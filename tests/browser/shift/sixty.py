"""Sixty comments in the queue, of every kind there is, each with the keys that settle it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from comments.models import Article, Comment, Status
from moderation import services
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment, make_story, set_policy
from tests.moderation.reporting import report_often

BANNED = "ковінька"
# What the keys do: 1 to 6 are the built-in reasons, in their order on the page.
REASON_OF = {
    "p": Reason.REVIEWED,
    "r1": Reason.SPAM,
    "r2": Reason.TOXICITY,
    "r3": Reason.HATE,
    "r4": Reason.PERSONAL_DATA,
    "r5": Reason.OFF_TOPIC,
    "r6": Reason.REPEAT,
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a reader sent, why it is held, and how a moderator settles it."""

    why: Reason
    keys: str
    text: str
    sent: Mapping[str, Any] = field(default_factory=dict)


# Keys, text and, if it matters, the author's name or website.
_BY_KIND: Mapping[Reason, tuple[tuple[str, ...], ...]] = {
    Reason.TOXICITY: (
        ("r2", "Ти дурень, закрий рота, ідіоте!"),
        ("r2", "Які ж ви всі тупі барани, аж гидко читати."),
        ("r2", "Мовчи, ідіотко, тебе тут ніхто не питав."),
        ("p", "Та йди ти зі своїм мостом, дурне базікало."),
        ("r2", "Цей придурок у мерії знову бреше, сволота."),
    ),
    Reason.HATE: (
        ("r3", "Здохни, тварюко, приїду до тебе додому і вб’ю."),
        ("r3", "Знайду, де ти живеш, і спалю тебе разом із хатою."),
        ("r3", "Приїду до тебе й підпалю твою хату, чекай."),
    ),
    Reason.PERSONAL_DATA: (
        ("r4", "Іванчук живе на вулиці Садовій, 14, квартира 8, тел. 067 123 45 67."),
        ("r4", "Телефонуйте підрядникові самі: Петро Гнатюк, 050 765 43 21."),
        ("p", "Приймальня міськради відповідає: 032 297 59 00, я вчора додзвонилася."),
    ),
    Reason.SPAM: (
        ("r1", "Заробіток від 5000 грн на день! Пиши в телеграм @zarobitok_legko"),
        ("r1", "Кредит онлайн за 5 хвилин без відмови, перший під 0 %! Залиш заявку"),
        ("r1", "Ремонт квартир під ключ недорого, дзвоніть, знижки до кінця тижня!"),
        ("p", "Купила квитки на поїзд за пів ціни на їхньому сайті, раджу всім."),
    ),
    Reason.LINKS: (
        ("r1", "Дивіться: a.example b.example.com c.example.org d.example.net"),
        ("p", "Джерела: rada.example, kmu.example, stat.example і nbu.example."),
    ),
    Reason.BANNED_WORD: (
        ("p", "Оце так ковінька, кажу вам."),
        ("r5", "Дай мені ковінька, я тебе не чую."),
    ),
    Reason.CAMPAIGN: (
        ("p", "Мешканці лівого берега просять повернути нічний автобус."),
        ("r6", "Підпишіть петицію за сквер біля пошти, лишилося три дні."),
    ),
    Reason.REPEATED_CONTACT: (
        ("r1", "Усім, хто шукає майстра: telegram майстер Олег, відгуки є."),
        ("r1", "Майстер Олег допоміг і нам, пишіть йому в telegram."),
    ),
    Reason.NAME_ADVERT: (
        ("r1", "Чекали на це три роки.", "Ремонт квартир"),
        ("p", "Нарешті добра новина.", "Таксі Львів"),
    ),
    Reason.NAME_CONTACT: (
        ("r1", "Усе буде добре.", "Оля 067 111 22 33"),
        ("r1", "Цікаво, дякую.", "@zarobitok"),
    ),
    Reason.NAME_INSULT: (
        ("r2", "Не згоден з автором.", "Идиотка"),
        ("p", "А чому не тунель?", "Ідіот"),
    ),
    Reason.IMPERSONATION: (
        ("r5", "Дякую за новину.", "Модератор"),
        ("r5", "Коментарі закрито.", "Редакція"),
    ),
    Reason.WEBSITE: (
        ("p", "Міст потрібен усім.", "Оксана", "https://joycasino.example"),
        ("r1", "Гарна робота.", "Віктор", "https://casino-vulkan.example/bonus"),
    ),
    Reason.AUTOMATED: (
        ("r1", "Дуже гарна стаття, багато корисного для себе дізналася."),
        ("p", "А пішоходам перехід лишать?"),
    ),
    Reason.RAPID: (
        ("p", "І ще одне: хто рахував ці гроші?"),
        ("r6", "Додам: лавки теж пофарбуйте."),
        ("r6", "Ага, і смітники."),
    ),
    Reason.LANGUAGE: (
        ("p", "Die Brücke wird endlich repariert, das freut mich sehr."),
        ("r5", "この橋はいつ開通しますか"),
    ),
    Reason.UNSCORED: (
        ("p", "Скільки коштує один метр цього мосту?"),
        ("p", "Бачила проєкт на виставці, виглядає надійно."),
    ),
    Reason.REPORTED: (
        ("p", "Мені не подобається, як пофарбували перила."),
        ("r2", "Автор нічого не тямить у мостах, хай іде вчитися."),
        ("p", "Будували б краще школу."),
    ),
    Reason.AUTHOR_HELD: (
        ("p", "Учора на цьому мості було дві аварії."),
        ("r5", "А я кажу, у всьому винні велосипедисти."),
    ),
    Reason.ARTICLE_HELD: (
        ("p", "Коли відкриють рух для автобусів?"),
        ("p", "Дякую, що пишете про це щодня."),
        ("r5", "Хто грає в суботу на стадіоні?"),
    ),
    Reason.MENDED: (("p", "Виправив: автобус їде до восьмої, а не до сьомої."),),
    Reason.APPEALED: (("p", "Прошу перечитати: я нікого не ображала, лише спитала про гроші."),),
    Reason.RETURNED: (("p", "Перечитайте договір: там інші строки."),),
    Reason.IMPORTED: (("r5", "Мій кіт теж боїться мостів."),),
}
# So that there are sixty: ordinary voices, held since a reply or an article made them so.
_ORDINARY = (
    "Ходжу цим мостом тридцять років, тріщини в опорах видно й без експертизи.",
    "У мене двоє дітей їздять у третю школу. Чи вистачить місць в автобусі?",
    "Вночі фури їдуть, незважаючи на знак. Поставте камеру, і ремонт обійдеться дешевше.",
    "Хто контролюватиме підрядника? Минулого разу гроші зникли разом із ним.",
    "Запитайте в мерії, чому тендер оголосили у п’ятницю ввечері.",
    "Зупинку перенесіть хоча б на сто метрів, бо стоїмо просто на дорозі.",
)


def cases() -> Iterator[Case]:
    for why, listed in _BY_KIND.items():
        for keys, text, *named in listed:
            names = dict(zip(("author_name", "author_url"), named, strict=False))
            automated = {"looks_automated": True} if why == Reason.AUTOMATED else {}
            yield Case(why=why, keys=keys, text=text, sent={**names, **automated})
    for text in _ORDINARY:
        yield Case(why=Reason.ARTICLE_HELD, keys="p", text=text)


def hold_sixty() -> list[tuple[Comment, str]]:
    """Put them into the queue as the service does, oldest first; return each with its keys."""
    set_policy(banned_words=BANNED)
    article = make_story(
        title="Міст через Полтву закриють на чотири місяці", lead="Пішоходам залишать прохід."
    )
    root = make_comment(article, text="А де гроші візьмуть?", author_name="Богдан")
    written = [(_written(article, root, case), case) for case in cases()]
    services.moderate_all(comments=[comment for comment, _case in written])
    for comment, case in written:
        _hold(comment, case)
    return [(comment, case.keys) for comment, case in written]


def _written(article: Article, root: Comment, case: Case) -> Comment:
    parent = {"parent": root} if case.text in _ORDINARY[:4] else {}
    return make_comment(article, Status.PENDING, text=case.text, **parent, **case.sent)


def _hold(comment: Comment, case: Case) -> None:
    """Leave it held for the reason of the case, whatever the service has decided."""
    comment.refresh_from_db()
    if (comment.status, comment.reason) == (Status.HELD, case.why):
        return
    if comment.status != Status.PUBLISHED:
        decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    if case.why == Reason.REPORTED:
        report_often(comment, 3)
    else:
        decide(comment, Outcome.HOLD, case.why)
