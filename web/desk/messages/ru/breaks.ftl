### Причины перерыва, как в настройках центра.

break-rest = Перерыв
break-lunch = Обед
break-short = Короткий перерыв
break-screen_rest = Отдых от экрана
break-recovery = После тяжёлого звонка
break-paperwork = Работа с обращениями
break-callbacks = Обратные звонки
break-training = Обучение, планёрка
break-supervisor = У старшего смены
break-technical = Не работает техника
break-no_answer = Перерыв: не приняли звонок
break-not_ready = Не готов
