"""Phrases of our own for advertising in comments, and for honest comments that resemble it."""

COMMON = {
    "site": "site{n}.example|{w}{n}.com|{w}-{w}.net|best{w}.xyz|{w}{n}.top|{w}.online|go{w}.info"
    "|{w}24.site",
    "w": "lucky|bonus|money|crypto|pharma|shop|seo|loan|deal|star|vip|fast|home|smart|profit|bet"
    "|style|health",
    "n": "1|7|21|24|77|88|100|365|777|999",
    "link": "https://{site}|http://{site}/{w}|www.{site}|{site}|https://t.me/{w}{n}|t.me/{w}_{w}"
    "|https://{site}/?ref={n}",
    "contact": "@{w}_{w}|@{w}{n}|t.me/{w}{n}|+38 0{n}{n} 12 3{n}|telegram @{w}{n}"
    "|WhatsApp +7 9{n} 555 {n}",
    "sum": "300|500|1000|1500|2000|3500|5000|6500|10000|25000|40000",
    "icon": "🔥|💰|🎁|✅|❗️|👇|💵|🚀|⚡️|📩|🤑|💎",
}

UK = COMMON | {
    "job": "Шукаю людей на віддалену роботу, дохід від {sum} грн на день"
    "|Потрібні партнери, навчання безкоштовне"
    "|Є підробіток на 2 години на день, оплата щодня {sum} грн"
    "|Набираємо команду, без досвіду, від {sum}$ на тиждень"
    "|Робота за кордоном, житло надаємо, {sum} євро на місяць|Заробіток у телефоні без вкладень"
    "|Терміново потрібні люди 18+, виплати щодня|Хто хоче заробляти з дому? Деталі в особисті",
    "casino": "Казино онлайн, бонус {sum} грн за реєстрацію|Вчора виграв {sum} грн, покажу як"
    "|200 фріспінів новим гравцям|Ставки на спорт, прохідність 95 відсотків"
    "|Найкращі слоти без верифікації, вивід за 5 хвилин",
    "crypto": "Подвой свої біткоїни за тиждень|Інвестуй {sum}$ і отримуй 10% щодня"
    "|Сигнали для трейдингу безкоштовно|Роздача токенів, встигни до завтра"
    "|Мій наставник допоміг заробити {sum}$ на крипті, пишіть йому",
    "payout": "Держава виплачує {sum} грн кожному українцю, оформити тут"
    "|Отримайте допомогу {sum} грн від ООН за посиланням"
    "|Вам нараховано {sum} грн, підтвердіть картку|Нова виплата переселенцям, подайте заявку"
    "|Компенсація за світло {sum} грн|Ваша посилка затримана, сплатіть доставку"
    "|Вашу картку заблоковано, увійдіть в кабінет",
    "shop": "Кредит онлайн за 5 хвилин без відмови"
    "|Продам водійські права та дипломи без передоплати|Кросівки -70%, замовляйте"
    "|Схуднути на 10 кг за місяць без дієт|Накрутка підписників дешево"
    "|Просування сайтів у топ, гарантія|Ремонт квартир, дзвоніть|Куплю волосся дорого"
    "|Ворожка, знімаю порчу, поверну коханого|Знайомства без реєстрації, дівчата поруч"
    "|Підпишіться на мій канал",
    "praise": "Дуже цікава стаття, дякую!|Чудовий сайт, додала в закладки"
    "|Корисна інформація, давно шукав таке|Класно написано, пишіть ще|Гарний блог, автору респект",
    "offer": "{job}|{casino}|{crypto}|{payout}|{shop}",
    "call": "Пишіть|Деталі|Тисни|Заходь|Переходьте|Реєстрація|Пишіть у телеграм|Подробиці тут"
    "|Встигніть",
    "spam": "{offer} {link}|{offer}. {call}: {contact}|{icon}{offer}{icon} {call} {link}"
    "|{offer}! {call} в особисті|{call} {contact}|{praise} А ще раджу {link}|{praise} {link}"
    "|{link}|{icon}{icon} {offer} {icon}\n{call}: {contact}|{offer}. {offer}. {contact}"
    "|{praise} {offer} {link}",
    "ham": "Дякую за статтю, дуже корисно|Чудовий матеріал, чекаю продовження"
    "|Де знайти джерело цих даних?|А скільки коштувало {sum} грн?"
    "|Пенсія {sum} грн, а за світло віддай половину"
    "|Роботу в нашому місті знайти важко, платять {sum} грн|Казино треба заборонити законом"
    "|Брат програв {sum} грн у казино, біда|Біткоїн знову впав, нічого дивного"
    "|Мені шахраї надіслали посилання на виплату, не відкривайте"
    "|Сама отримала виплату через Дію, черги не було|Подзвонив за номером, сказали чекати"
    "|Ось закон, стаття {n}, читайте уважно|Кредит у банку взяли під 20%, ледь віддали"
    "|Підписався на вашу розсилку, дякую|Хто знає, чи працює сьогодні пошта?"
    "|Напишіть, будь ласка, у наступній статті про лікарні|Шукаємо волонтерів на толоку в суботу"
    "|Загубився кіт, район вокзалу|Відео є на сайті міськради|Мене теж звати Олена, привіт"
    "|Ура! 🎉 Вітаю команду|🔥🔥🔥|Так|Ні, не правда|+|Слава Україні!|ще б пак"
    "|Зарплата вчителя {sum} грн — це сором для держави|Партнери обіцяють допомогу, побачимо"
    "|Працюю віддалено третій рік, не шкодую",
}

RU = COMMON | {
    "job": "Ищу людей на удалённую работу, доход от {sum} руб в день"
    "|Нужны партнёры, обучение бесплатно|Подработка 2 часа в день, оплата сразу"
    "|Набираем команду без опыта, от {sum}$ в неделю|Вахта, жильё предоставим, {sum} в месяц"
    "|Заработок в телефоне без вложений|Срочно нужны люди 18+, выплаты ежедневно"
    "|Кому нужен доход из дома? Детали в личку|Легальный пассивный доход, покажу как",
    "casino": "Казино онлайн, бонус {sum} за регистрацию|Вчера выиграл {sum}, покажу как"
    "|200 фриспинов новым игрокам|Ставки на спорт, проходимость 95 процентов"
    "|Слоты без верификации, вывод за 5 минут",
    "crypto": "Удвой свои биткоины за неделю|Инвестируй {sum}$ и получай 10% в день"
    "|Сигналы для трейдинга бесплатно|Раздача токенов, успей"
    "|Арбитраж криптовалют, от {sum}$ в день, обучим"
    "|Мой наставник помог заработать {sum}$, пишите ему",
    "payout": "Государство выплачивает {sum} каждому, оформить здесь"
    "|Вам начислено {sum}, подтвердите карту|Новая выплата семьям, подайте заявку"
    "|Ваша посылка задержана, оплатите доставку|Компенсация {sum} по СНИЛС",
    "shop": "Кредит онлайн за 5 минут без отказа|Дипломы и права без предоплаты"
    "|Кроссовки -70%, заказывайте|Похудеть на 10 кг за месяц|Накрутка подписчиков дёшево"
    "|Продвижение сайтов в топ|Гадалка, сниму порчу|Знакомства без регистрации"
    "|Подпишитесь на мой канал|Вынос мусора, грузчики, звоните",
    "praise": "Очень интересная статья, спасибо!|Отличный сайт, добавила в закладки"
    "|Полезная информация, давно искал|Классно написано",
    "offer": UK["offer"],
    "call": "Пишите|Детали|Жми|Заходи|Переходите|Регистрация|Пишите в телеграм|Подробности тут"
    "|Успейте",
    "spam": UK["spam"].replace("в особисті", "в лс").replace("А ще раджу", "А ещё советую"),
    "ham": "Спасибо за статью, очень полезно|Отличный материал, жду продолжения"
    "|Где источник этих данных?|А сколько стоило, {sum} руб?"
    "|Пенсия {sum}, а за свет отдай половину|Работу в городе найти трудно, платят {sum}"
    "|Казино надо запретить|Брат проиграл {sum} в казино|Биткоин опять упал, ничего удивительного"
    "|Мошенники прислали ссылку, не открывайте|Позвонил по номеру, сказали ждать"
    "|Кредит взяли под 20%, еле отдали|Кто знает, почта сегодня работает?"
    "|Напишите, пожалуйста, про больницы|Ищем волонтёров на субботник"
    "|Нужна помощь в погрузке в субботу, приходите|Напишите мне, когда приедете"
    "|Пишите в общий чат, там ответят|Всем привет, я новенький|Приглашаем всех на концерт в школе"
    "|Потерялся кот, район вокзала|Ура! 🎉 Поздравляю|🔥🔥🔥|Да|Нет, неправда|+|ещё бы"
    "|Хорошо, звоните, договоримся|Добрый день, подскажите адрес|Сам работаю удалённо третий год"
    "|Партнёры обещают помощь, посмотрим",
}

EN = COMMON | {
    "job": "Work from home and earn ${sum} a week|I make ${sum} a day with this simple trick"
    "|No experience needed, daily pay|My aunt earned ${sum} last month on her laptop"
    "|Hiring now, part time, weekly payout",
    "casino": "Online casino, ${sum} welcome bonus|200 free spins for new players"
    "|Best sports betting tips|Slots with instant withdrawal",
    "crypto": "Double your bitcoin in a week|Invest ${sum} and get 10% daily"
    "|My broker recovered my lost crypto|Free token airdrop, hurry",
    "payout": "You have won a ${sum} gift card, claim it|Your account is suspended, verify here"
    "|Get your government grant of ${sum}",
    "shop": "Cheap replica watches and handbags|Buy pills online without prescription"
    "|Payday loans, no credit check|Lose 20 pounds in a month|Buy followers and likes"
    "|Rank your site first on search engines|Discount sneakers outlet|Free movies in HD"
    "|Meet hot singles near you|Subscribe to my channel please|Check out my new video"
    "|Spell caster brought my husband back|Custom essay writing service|Best plumbers in town",
    "praise": "Great post, I really enjoyed reading it|Wonderful blog, I bookmarked it for later"
    "|Hello, I came across your site by chance and it is amazing"
    "|This article is very informative, keep up the good work"
    "|I have been searching for such information for a long time|Your writing style is superb"
    "|What theme does this website use? I want one like it|I am glad to find this excellent page"
    "|Thanks for sharing such valuable content with us|Very nice article, exactly what I needed"
    "|I will share your blog with my friends and come back daily"
    "|Awesome weblog, everything is well explained"
    "|Hi there, your site loads fast, who is your host?"
    "|Every line of this piece of writing is truly helpful|You deserve more visitors, dear admin"
    "|Superb points altogether, you just gained a new reader"
    "|I like what you guys are usually up to, such clever work"
    "|Outstanding post, I have added you to my blogroll",
    "name": "seo services|cheap shoes|casino bonus|payday loan|web design agency|weight loss tips"
    "|handbags outlet|insurance quotes|hair clinic|essay help",
    "offer": UK["offer"],
    "call": "Visit|Click|See|Check out|Look at|More at|Sign up at|My website"
    "|Feel free to surf to my page|Read more",
    "spam": "{offer} {link}|{offer}. {call} {link}|{praise}. {call} {link}|{praise}! {praise}."
    "|{praise}. {praise}. {name}|{praise}. {name}|{link}|{icon} {offer} {icon} {call} {link}"
    '|{offer}! {contact}|<a href="http://{site}">{name}</a> {praise}|{praise}. {offer} {link}'
    "|[url=http://{site}]{name}[/url]|{name} {name} {name} {link}"
    "|{praise}. {praise}! {call} {link}|{call} {link} {name}",
    "ham": "Thanks for the article, I learnt something"
    "|Good piece, but the third paragraph has a wrong date"
    "|Where does this figure of ${sum} come from?|I work from home and my boss is fine with it"
    "|My brother lost ${sum} in a casino, it ruined him|Bitcoin fell again, no surprise"
    "|Scammers sent me a link about a grant, do not open it|The council should fix the road first"
    "|Great goal, great match|I love this song|My bank charged me ${sum} for nothing"
    "|Nice photo, where was it taken?|I read the report, page {n} says otherwise|Well said|No way"
    "|Agreed|I subscribed to the paper years ago and still like it"
    "|Does anyone know when the pool opens?|Great reporting on the flood, thank you"
    "|Your article forgets the farmers who live there|Visit the museum if you can, it is free"
    "|I enjoyed the interview, please talk to the nurses next time"
    "|This post made me change my mind about the bus lanes|The best comment here, thank you Anna"
    "|I would click like if there was a button|Sources: the city budget for 20{n}"
    "|I bought the same shoes and they fell apart|Loans for students should be cheaper",
}
