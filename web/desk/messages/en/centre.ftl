### The shift: specialists, alarms, queues, live calls; filters of the list; a recording with its wave.

nav-centre = Shift
bar-changed-by = Set by the shift lead: { $name }
going-lost = link to the specialist broke
centre-title = Shift, { $day }
centre-open = { $time } · line open
centre-closed = { $time } · line closed
centre-stale = No link to the centre. Coming back
centre-tv = The centre now
centre-people = Specialists
centre-talks = Talks
centre-writes = Writes
centre-lost = No link
centre-lost-what = the caller hears music
centre-no-sound-what = no calls come here
centre-not-ready-what = desk open
centre-next = { $gender ->
    [f] next call is hers
    [m] next call is his
   *[other] next call comes here
}
centre-on-line = { $line }
centre-break = { $reason ->
    [lunch] lunch
    [short] short break
    [screen_rest] rest from the screen
    [recovery] hard call
    [paperwork] work on appeals
    [callbacks] calling back
    [training] training
    [supervisor] with the shift lead
    [technical] equipment does not work
    [no_answer] missed a call
   *[other] break
}
centre-by = by { $name }
centre-more = Actions: { $name }
centre-do-calls = Calls today
centre-do-ready = { $gender ->
    [f] To the calls: ready
    [m] To the calls: ready
   *[other] To the calls
}
centre-do-break = Break
centre-do-sign-out = End the session
figs-h = Today
figs-answered = answered of { $offered }
figs-level = in { $seconds } s, goal 80%
figs-asa = mean wait
figs-abandoned = gave up waiting
figs-late = { $count ->
    [one] promise is late
    [few] promises are late
   *[other] promises are late
}
figs-waiting = wait now
figs-waiting-longest = wait now, longest { $wait }
alarms-h = To decide
alarms-none = All is well
alarm-see = I see it
alarm-see-what = I see it: { $what }
alarm-seen = Seen by { $name }, { $time }
alarm-nobody = { $line }: nobody to answer
alarm-nobody-sub = { $count ->
    [one] { $count } person waits
    [few] { $count } people wait
   *[other] { $count } people wait
}
alarm-wait = { $count ->
    [one] One waits for over two minutes
   *[other] Waiting for over two minutes: { $count }
}
alarm-wait-sub = { $line }, { $wait }
alarm-promise = { $count ->
    [one] A promise is late
    [few] { $count } promises are late
   *[other] { $count } promises are late
}
alarm-promise-sub = was due at { $time }
alarm-sound = { $name }: no sound
alarm-sound-sub = no calls come here
alarm-sound-talk = { $name }: the link broke
alarm-sound-talk-sub = the caller is on the line and hears music
alarm-repeated = Repeats in the journal: { $count }
alarm-repeated-sub = tell the administrator
alarm-disk = The disk is too slow
alarm-disk-sub = calls go on, writing lags
alarm-other = Have a look
alarm-since = since { $time }
alarm-do-call = Call { $name }
alarm-do-close = Close the line
alarm-do-promise = Open
alarm-do-technical = Mark
alarm-do-keeping = Keeping
alarm-do-calls = Calls
queues-h = Queues
queues-line = Line
queues-wait = Waiting
queues-longest = Longest
queues-told-open = hear the greeting and music
queues-told-closed = hear that nobody is working
live-h = Calls now
live-none = Nobody calls now
live-table = Calls now, table
live-phase = Where
live-caller = Caller
live-specialist = Specialist
live-time = Time
centre-phase-greeting = hears the greeting
centre-phase-message = leaves a message
centre-phase-farewell = hears an announcement
centre-phase-waiting = waits, place { $place }
centre-phase-ringing = rings a specialist
centre-phase-talking = talk
centre-phase-lost = link broke
filter-recorded = Messages
filter-with-recording = With recording
filter-late = Late
filter-day = Day
filter-today = Today
filter-line = Line
filter-more = More
filter-from-label = From day
filter-to-label = To day
filter-from = from { $day }
filter-to = to { $day }
filter-number = Number
filter-find = Find
filter-specialist = Specialist: { $name }
filter-only = Only { $name }
filter-chosen = Chosen
filter-drop = Remove: { $what }
filter-figure-accepted = All that the centre took
filter-figure-offered = Entered the queue
filter-figure-answered = Answered
filter-figure-answered_in_time = Answered in time
filter-figure-abandoned = Gave up waiting
filter-figure-short_abandoned = Left at once
filter-figure-left_before_queue = Left before the queue
filter-figure-recorded = Left a message
filter-figure-interrupted = Broken off by us
filter-figure-lost = Whom we lost
calls-count = { $count ->
    [one] { $count } call
    [few] { $count } calls
   *[other] { $count } calls
}
calls-count-more = more than { $count } calls
error-bad_outcome = There is no such outcome. Choose another
error-bad_figure = There is no such figure
error-bad_half_hour = There is no such half hour
error-bad_number = The number cannot be read. Write it with its code, as +7 900 000-00-14
error-no_such_line = There is no such line
error-no_such_alarm = It is gone: it settled by itself
error-offer_gone = Another specialist has the call
error-not_your_call = That talk is over
error-no_sound = There is no sound there: the headset first
error-wrong_state = Not possible now: a talk goes on or the desk is closed
error-unavailable = The centre did not answer. Try again in a minute
wave-left = above the caller
wave-right = below the specialist
wave-muted = off
wave-heard = heard
wave-speed = Speed
wave-times = { $speed }×
