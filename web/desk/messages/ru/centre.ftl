### Смена: специалисты, тревоги, очереди, звонки сейчас; фильтры списка; запись с волной.

nav-centre = Смена
bar-changed-by = Так поставила смена: { $name }
going-lost = связь со специалистом прервалась
centre-title = Смена, { $day }
centre-open = { $time } · линия открыта
centre-closed = { $time } · линия закрыта
centre-stale = Нет связи с центром. Возвращаем
centre-tv = Центр сейчас
centre-people = Специалисты
centre-talks = Говорит
centre-writes = Пишет
centre-lost = Нет связи
centre-lost-what = человек слушает музыку
centre-no-sound-what = звонки не идут
centre-not-ready-what = стол открыт
centre-next = { $gender ->
    [f] следующая на звонок
    [m] следующий на звонок
   *[other] следующий звонок сюда
}
centre-on-line = { $line }
centre-break = { $reason ->
    [lunch] обед
    [short] короткий перерыв
    [screen_rest] отдых от экрана
    [recovery] тяжёлый звонок
    [paperwork] работа с обращениями
    [callbacks] обратные звонки
    [training] обучение
    [supervisor] у старшего смены
    [technical] не работает техника
    [no_answer] звонок не приняли
   *[other] перерыв
}
centre-by = смена: { $name }
centre-more = Действия: { $name }
centre-do-calls = Звонки сегодня
centre-do-ready = { $gender ->
    [f] К звонкам: готова
    [m] К звонкам: готов
   *[other] К звонкам
}
centre-do-break = Перерыв
centre-do-sign-out = Завершить сеанс
figs-h = Сегодня
figs-answered = приняли из { $offered }
figs-level = за { $seconds } с, цель 80 %
figs-asa = ждут в среднем
figs-abandoned = не дождались
figs-late = { $count ->
    [one] обещание опоздало
    [few] обещания опоздали
   *[other] обещаний опоздало
}
figs-waiting = ждут сейчас
figs-waiting-longest = ждут сейчас, дольше { $wait }
alarms-h = Нужно решить
alarms-none = Всё в порядке
alarm-see = Вижу
alarm-see-what = Вижу: { $what }
alarm-seen = Видит { $name }, { $time }
alarm-nobody = { $line }: некому ответить
alarm-nobody-sub = { $count ->
    [one] ждёт { $count } человек
    [few] ждут { $count } человека
   *[other] ждут { $count } человек
}
alarm-wait = { $count ->
    [one] Ждёт дольше двух минут
   *[other] Ждут дольше двух минут: { $count }
}
alarm-wait-sub = { $line }, { $wait }
alarm-promise = { $count ->
    [one] Обещание опоздало
    [few] Опоздали { $count } обещания
   *[other] Опоздали { $count } обещаний
}
alarm-promise-sub = срок был в { $time }
alarm-sound = { $name }: нет звука
alarm-sound-sub = звонки сюда не идут
alarm-sound-talk = { $name }: прервалась связь
alarm-sound-talk-sub = человек на линии, слушает музыку
alarm-repeated = Повторы в журнале: { $count }
alarm-repeated-sub = скажите администратору
alarm-disk = Диск не успевает писать
alarm-disk-sub = звонки идут, запись отстаёт
alarm-other = Нужно посмотреть
alarm-since = с { $time }
alarm-do-call = Позвать: { $name }
alarm-do-close = Закрыть линию
alarm-do-promise = Открыть
alarm-do-technical = Отметить
alarm-do-keeping = Хранение
alarm-do-calls = Звонки
queues-h = Очереди
queues-line = Линия
queues-wait = Ждут
queues-longest = Дольше
queues-told-open = слышат приветствие и музыку
queues-told-closed = слышат, что специалисты не работают
live-h = Звонки сейчас
live-none = Сейчас никто не звонит
live-table = Звонки сейчас, таблица
live-phase = Где
live-caller = Кто звонит
live-specialist = Специалист
live-time = Время
centre-phase-greeting = слышит приветствие
centre-phase-message = оставляет сообщение
centre-phase-farewell = слышит объявление
centre-phase-waiting = ждёт, место { $place }
centre-phase-ringing = звонит специалисту
centre-phase-talking = разговор
centre-phase-lost = связь прервалась
filter-recorded = Сообщения
filter-with-recording = С записью
filter-late = Опоздали
filter-day = День
filter-today = Сегодня
filter-line = Линия
filter-more = Ещё
filter-from-label = С дня
filter-to-label = По день
filter-from = с { $day }
filter-to = по { $day }
filter-number = Номер
filter-find = Найти
filter-specialist = Специалист: { $name }
filter-only = Только { $name }
filter-chosen = Выбрано
filter-drop = Убрать: { $what }
filter-figure-accepted = Все принятые центром
filter-figure-offered = Вошли в очередь
filter-figure-answered = Приняты
filter-figure-answered_in_time = Приняты вовремя
filter-figure-abandoned = Не дождались
filter-figure-short_abandoned = Ушли сразу
filter-figure-left_before_queue = Ушли до очереди
filter-figure-recorded = Оставили сообщение
filter-figure-interrupted = Прервались по нашей вине
filter-figure-lost = Кого мы потеряли
calls-count = { $count ->
    [one] { $count } звонок
    [few] { $count } звонка
   *[other] { $count } звонков
}
calls-count-more = больше { $count } звонков
error-bad_outcome = Такого исхода нет. Выберите другой
error-bad_figure = Такого показателя нет
error-bad_half_hour = Такого получаса нет
error-bad_number = Номер не разобрать. Напишите его с кодом, например +7 900 000-00-14
error-no_such_line = Такой линии нет
error-no_such_alarm = Этого уже нет: само решилось
error-offer_gone = Звонок уже у другого специалиста
error-not_your_call = Этот разговор уже закончился
error-no_sound = Там нет звука: сначала гарнитура
error-wrong_state = Сейчас так нельзя: идёт разговор или стол закрыт
error-unavailable = Центр не ответил. Повторите через минуту
wave-left = вверху звонящий
wave-right = внизу специалист
wave-muted = выключен
wave-heard = слышно
wave-speed = Скорость
wave-times = { $speed }×
