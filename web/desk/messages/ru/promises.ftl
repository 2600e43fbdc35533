### Обещания: список, стол, значок в разделах. Английский (en/promises.ftl) имеет те же ключи и переменные.

## Раздел и значок
nav-promises = Обещания
promises-badge = открыто { $open }
promises-badge-late = открыто { $open }, опоздали { $overdue }

## Список
promises-which = Чьи
promises-tab-open = Все
promises-tab-mine = Мои
promises-tab-free = Без хозяина
promises-tab-overdue = Опоздали
promises-tab-closed = Закрыты
promises-table = Список обещаний
promises-col-due = Срок
promises-col-closed = Закрыто
promises-col-whom = Кому и что
promises-col-from = Откуда
promises-col-tried = Пробовали
promises-col-how = Чем кончилось
promises-col-owner = Кто
promises-col-act = Действие
promises-group-late = Опоздали, { $count }
promises-group-back = Вернулись в список, { $count }
promises-group-today = Сегодня, { $count }
promises-group-tomorrow = Завтра, { $count }
promises-group-later = Позже, { $count }
promises-none-open = Обещаний нет
promises-none-mine = У вас обещаний нет
promises-none-free = У каждого обещания есть хозяин
promises-none-overdue = Никто не ждёт дольше обещанного
promises-none-closed = Закрытых обещаний пока нет
promises-none-sub = Новые появятся из звонков и сообщений.
promises-stale = Нет связи. Список на { $time }
promises-first-page = К началу
promises-next-page = Дальше

## Обещание
promise-kind-our_fault = Звонок после обрыва по нашей вине
promise-kind-callback = Обратный звонок
promise-kind-voice_message = Ответ на голосовое сообщение
promise-kind-other = Обещание
promise-no-number = Номер неизвестен
promise-no-number-sub = Перезвонить некуда. Закройте обещание вручную и напишите причину.
promise-from = Звонок
promise-tried-none = ещё нет
promise-tried = { $count ->
    [one] { $count } раз, { $result }
    [few] { $count } раза, { $result }
   *[other] { $count } раз, { $result }
}
promise-result-no_answer = нет ответа
promise-result-busy = занято
promise-result-machine = автоответчик
promise-result-wrong_person = другой человек
promise-result-asked_later = просят позже
promise-outcome-spoken = Поговорили
promise-outcome-spoken_earlier = Уже поговорили
promise-outcome-not_reached = Не дозвонились
promise-outcome-refused = Больше не нужно
promise-outcome-no_number = Нет номера
promise-outcome-duplicate = Повтор
promise-outcome-by_hand = Другая причина
promise-proof = есть разговор
promise-me = я
promise-nobody = никто
promise-back = вернулось в список
promise-closed = обещание закрыто

## Действия
promise-take = Беру
promise-take-whom = Беру: { $caller }
promise-open = Открыть
promise-open-whom = Открыть: { $caller }
promise-fold = Свернуть
promise-fold-whom = Свернуть: { $caller }
promise-release = Вернуть в список
promise-of-other = Обещание у коллеги: { $name }
promise-copy = Скопировать
promise-copied = Номер скопирован
promise-dial = Наберите с телефона
promise-listen = Слушать запись, { $length }
promise-tries = Попытки
promise-early = Рано. Следующая попытка: { $when }
promise-next = Попытка была назначена: { $when }
promise-note = Записано при закрытии
promise-try = Не дозвонились
promise-try-what = Что было
promise-try-note = Заметка, если нужна
promise-try-save = Записать попытку
promise-close = Закрыть
promise-close-how = Чем кончилось
promise-close-proof = Какой разговор
promise-close-note = Заметка, если нужна
promise-close-reason = Причина
promise-close-save = Закрыть обещание
promise-proof-now = идёт сейчас
promise-choose = Выберите один ответ
promise-reason-missing = Напишите причину
promise-not-saved = Не сохранили. { $why } Ваш текст цел.

## Стол
owed-h = Мы обещали
owed-due = Перезвонить до { $time }
owed-due-day = Перезвонить: { $day }, до { $time }
owed-owner = Взялся коллега: { $name }
owed-close = Закрыть этим разговором
owed-closed = Обещание закрыто этим разговором

## Отказы
error-no_such_promise = Такого обещания нет.
error-promise_closed = Обещание уже закрыто.
error-promise_taken = Обещание уже у коллеги.
error-promise_not_taken = Обещание уже в списке: у него нет хозяина.
error-promise_needs_reason = Напишите причину.
error-promise_no_proof = Этот звонок не показывает, что с человеком поговорили.
error-promise_attempts_left = Сделаны ещё не все попытки.
error-promise_number_known = Номер есть: можно перезвонить.
error-promise_number_unknown = Номер неизвестен: перезвонить некуда.
error-note_too_long = Слишком длинно: не больше двух тысяч знаков.
error-bad_which = Такого списка нет.
error-bad_kind = Такого вида обещаний нет.
