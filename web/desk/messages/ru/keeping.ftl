### Хранение: место на диске, сроки записей, отказы чужим сайтам.

error-other_host = Центр открыт по чужому имени. Откройте его по адресу, который дал администратор.
error-other_site = Запрос пришёл с другого сайта и не выполнен.

## Список звонков: почему слушать нечего
recording-deleted = Запись удалена { $date }
recording-refused = Не записан: на диске не было места
error-recording_deleted = Срок хранения этой записи истёк, она удалена.

## Хранение записей
keeping-title = Хранение записей
keeping-not-measured = Диск ещё не измерен. Загляните через минуту.
keeping-ok = Места хватит
keeping-low = Места мало
keeping-floor = Записи не ведутся
keeping-days = { $days ->
    [0] Если ничего не менять, место закончится сегодня.
    [one] Если ничего не менять, места хватит на { $days } день.
    [few] Если ничего не менять, места хватит на { $days } дня.
   *[other] Если ничего не менять, места хватит на { $days } дней.
}
keeping-no-growth = Записей в последние две недели не было, поэтому место не убывает.
keeping-floor-text = Свободно меньше { $floor }. Звонки принимаются и разговоры идут, но новые не записываются. Освободите место: запись возобновится сама.
keeping-low-text = Сократите срок хранения у линий или дайте диск больше.
keeping-bar = Диск { $total }: записи { $used }, другое { $other }, свободно { $free }
keeping-used = записи
keeping-other = другое
keeping-free = свободно
keeping-reserve = из них { $floor } не занимаем
keeping-count = { $count ->
    [one] { $count } запись на диске
    [few] { $count } записи на диске
   *[other] { $count } записей на диске
}
keeping-oldest = самая старая от { $date }
keeping-per-day = За день пишется { $hours } ч разговоров, это { $size }
keeping-lines = Сколько хранить
keeping-line = Линия
keeping-term = Срок
keeping-for-days = { $days ->
    [0] всегда
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
keeping-lines-hint = Срок меняют в настройке линии, раздел «Линии». Удерживаемые записи и записи по открытым обещаниям не удаляются.
keeping-gigabytes = { $n } ГБ
keeping-megabytes = { $n } МБ
alarm-disk_low = Место для записей кончается
alarm-disk_low-sub = сколько осталось, видно в хранении
alarm-disk_floor = Разговоры не записываются: диск полон
alarm-disk_floor-sub = звонки идут; освободите место
