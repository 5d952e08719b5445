"""Invented sentences that resemble threats, bait and disclosures, and are none."""

INNOCENT = """
Я вам зламаю уявлення про борщ: буряк запікати треба цілим
Отримаєш квитанцію на пошті, вони працюють до шостої
Відірву вас на хвилину: де тут вхід до бібліотеки?
Порвемо зал на концерті в суботу, приходьте
Чекай гостей: на вихідні приїдемо з внуками
Кур'єр чекатиме вас біля під'їзду, домофон не працює
Голову риби відріжу, решту на юшку
Нападник отримав м'ячем по голові, але грає далі
У фільмі він каже, що повернеться і всіх закопає
Слідчий розповів, що тіло знайшли в річці рибалки
Дідуся знайшли живим у лісі, дякуємо волонтерам
Рятувальники вийшли з шахти живими, всі троє
Ніхто живим з того бою не вийшов, пам'ятаємо хлопців
Мій кіт уб'є за шматок ковбаси
Цвях забити — і той молоток позичати
Мишей треба труїти, коли закриють смітники
Колорадів давимо руками, бо отрута не бере
Вирву з корінням увесь цей бур'ян
Дрова сирі, горять погано, а коштують як золото
Будинок дерев'яний, згорів за годину, пожежники не винні
Перевіряйте гальма перед зимою, раджу СТО на Вокзальній
На вашому місці я б звернувся до нотаріуса
Бережіть себе і дітей, на вулиці ожеледиця
Ще одна стаття про дороги, а ям не поменшало
Знаю, в яку школу піде моя дочка, бо інших у районі немає
Ваша дочка вчиться з моїм сином, приємно познайомитись
Подумайте про дітей, коли голосуєте за бюджет
Шкода, якщо закриють цю кав'ярню
Він пошкодував, що продав квартиру навесні
Стрибай у маршрутку, доїдеш швидше, ніж трамваєм
Діти стрибають з моста в річку, поставте огорожу
Вийди у двір і подивись, скільки сміття
Випий чаю з калиною і ляж спати
Таблетки від тиску подорожчали вдвічі
Мотузка для білизни знову порвалась
Якщо вам важко, зателефонуйте на лінію підтримки, ви потрібні
Нікому ця площа не потрібна, крім забудовника
Без вас, лікарю, мій батько не вижив би
Навіщо ви взагалі будували цю зупинку?
Хтось написав доньці «стрибни вже», школа знає
ЦНАП на Соборній 12, кабінет 4, приймає з дев'ятої
Моя майстерня на Садовій 8, заходьте, телефон 067 123 45 67
Загубився пес, відгукується на Бровка, телефон 050 123 45 67
Його батько працює на заводі, як і мій
Син учиться в третьому класі, задачі дивні
Я сломаю вам схему: справку можно взять и онлайн
Получишь квитанцию и сразу иди во второе окно
Порвём соперника в субботу, три ноль
Ждите у подъезда, мастер поднимется сам
Оторву вас на минутку: где тут вход?
Голову курице отрежь и кинь в бульон
Вратарь получил мячом по лицу, доиграл до конца
По сюжету его находят в реке, а убил садовник
Бабушку нашли живой в лесу, спасибо отряду
Закопаем тюльпаны в октябре, глубина десять сантиметров
Крыс травят раз в год, а они снова в подвале
Тормоза проверьте перед поездкой, на перевале лёд
На вашем месте я бы сходил к нотариусу
Ещё одна статья про мост, а моста нет
Жаль, если закроют библиотеку
Прыгай в автобус, довезём до центра
Дети прыгают с крыши гаража в сугроб, родители, следите
Выпей чаю с малиной и ложись
Верёвка для белья опять порвалась
Никому эта площадь не нужна, кроме застройщика
Если тяжело, позвоните на линию помощи, вас ждут
Паспортный стол на Садовой 3, окно 5
Моя мастерская на Садовой 8, телефон 067 123 45 67
Пропала собака, кличка Рекс, телефон 050 123 45 67
Сын учится в третьем классе, учебники дорогие
I'll break your heart: the bakery closes on Friday
You'll get a parking fine there, be careful
We're going to beat your team on Saturday, see you there
I'll be waiting with a banner at the station
In the film they find him in the river in the first scene
The police found the body in a canal, the family was told
Chop the head off the fish and keep it for stock
My cat will kill me if I come home late
The batsman got hit on the helmet but played on
Shoot the penalty low and you'll score
Burn the garden waste only after six
The thatched barn burned fast, nobody was hurt
Check your brakes before the pass, there is ice
If I were you I would call a solicitor
Stay home if you have a fever, you will get better sooner
One more article about the bridge and still no bridge
It would be a pity if the library closed
Nice photos of your garden, where did you buy the roses?
My daughter takes the number 9 bus to school
We know where the money went, read the audit
Jump on the bus, it is quicker
Kids jump off that bridge into the river every summer
Do everyone a favour and use your indicators
Drink tea with honey and go to bed
The rope on the flagpole snapped again
Nobody needs this car park except the developer
If you are struggling, ring the helpline, people do care
They should be fined for parking there
These hedges should be cut before the nesting season
We should hang the lights from the lamp posts by December
Let's go and see their hall, it is finally open
Poison ivy like that should be pulled out with gloves
Council office, 14 Station Road, open till five
My shop is at 8 Mill Lane, call 555-0123
Lost dog near Elm Street, please call 555-0147
She works at the library and always helps my mother
Her son plays football for our village
The mayor's office is at 1 Market Square, ring and ask
He said "you will be found in the river" and the court gave him a fine
""".strip().splitlines()
