"""Invented sentences: private persons handed over to the readers."""

DISCLOSED = """
Вона живе на Кленовій 12, квартира 40, код 38
Його машина АА 4321 ВС, паркується під під'їздом на вулиці Яворовій, 8
Марина Козуб, вчителька, мешкає на Зоряній 7, двоє дітей у школі № 3
Телефон судді особистий 050-111-22-33, хай послухає людей
Її син Данило ходить у третій клас школи №5
Адреса прокурора: Полтавська 15, кв. 9. Приходьте з плакатами
Хто живе біля Тернової 4, зайдіть до Степана Гая і запитайте, де гроші
Її інстаграм закритий, але номер є: 0671112233
Номер мобільного цього лікаря 0501112233
Він прописаний за адресою вул. Волошкова 3, кв. 7
Это Марина Козуб, живёт на Кленовой 12, квартира 40
Звоните этой лгунье: +380671112233, зовут Марина
Павел Дзюба работает в аптеке на Вокзальной, заканчивает в семь
Её сын ходит в третий класс школы №5, забирает бабушка
Адрес прокурора: Полтавская 15, кв. 9
Личный телефон судьи 050-111-22-33
Проживает по адресу ул. Васильковая 3, кв. 7, ходите, не стесняйтесь
Мобильный этого врача 0501112233
Вот дом этого депутата: улица Лесная, 14, зелёные ворота
Дочь следователя учится в лицее №2, в 7-А
Степан Гай, 1980 года рождения, Терновая 4, телефон 0671112233
She lives at 12 Maple Street, flat 40, the code is 38
His car is AA 4321 BC and he parks it behind 8 Willow Road
Call this liar on 555-0123, her name is Marina
Her son goes to Oakfield primary, year 3
The prosecutor's home address is 15 Poltava Road, flat 9
His mobile is 07700 900123
The guy who filmed this is Peter Dunmore, 4 Thorn Close, ring his bell
Mark Bellows works nights at the Shell garage on Mill Road, finishes at six
Her workplace is the dental clinic at 3 Bridge Street, ask for Kate Morrow
If you want to tell him what you think, he is at 22 Hazel Grove every evening
The judge's daughter is in class 7A at Riverside Academy
Here's where the councillor sleeps: 9 Elm Row, the house with the red door
""".strip().splitlines()
