// What has to be said before the service has answered; all other sentences come with the discussion.
const WORDS = {
  uk: {
    loading: "Завантажуємо коментарі…", again: "Спробувати ще раз",
    unread: "Не вдалося завантажити коментарі.",
    offline: "Немає зв’язку із сервісом коментарів. Написане збережено в цьому браузері.",
    failed: "Сервіс коментарів не відповів як слід. Спробуйте ще раз.",
    wrong: "Коментарі не показано через помилку в коді сторінки: атрибут «#»",
    missing: "порожній або відсутній.", address: "має бути повною адресою (https://…).",
    language: "називає мову, якої сервіс не має.", sorting: "може бути лише newest, oldest або useful.",
  },
  en: {
    loading: "Loading the comments…", again: "Try again",
    unread: "The comments could not be loaded.",
    offline: "There is no connection to the comment service. What you typed is kept in this browser.",
    failed: "The comment service did not answer properly. Please try again.",
    wrong: "The comments are not shown because of a mistake in the page’s code: the attribute “#”",
    missing: "is empty or missing.", address: "must be a complete address (https://…).",
    language: "names a language that the service does not have.", sorting: "can be newest, oldest or useful only.",
  },
};
