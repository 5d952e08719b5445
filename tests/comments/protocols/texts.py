"""Texts that are clearly clean, spam, an insult or doubtful."""

CLEAN = "Дякую за статтю, міст і справді давно час ремонтувати."
SPAM = (
    "Онлайн казино без депозиту! Бонус 500% на перший внесок, грай і вигравай: casino-top.example"
)
INSULT = "Автор статті — тупий ідіот, закрий рота і здохни."
# More links than the policy publishes without a person.
DOUBTFUL = (
    "Про цей міст у нас уже писали тричі, і щоразу ремонт відкладали: https://misto.example/2019, "
    "https://misto.example/2021 і https://misto.example/2023. Цікаво, що скаже рада цього разу."
)
