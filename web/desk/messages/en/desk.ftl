### Words of the desk in English: the same keys and variables as ru.ftl.

## Common
brand = Otklik
brand-line = Contact centre of social services
nav-label = Sections
nav-desk = Desk
nav-calls = Calls
menu-me = Look, language, sign out
theme = Look
theme-auto = As the system
theme-light = Light
theme-dark = Dark
language = Language
sign-out = Sign out
loading = Loading
try-again = Try again
page-title = { $page } · Otklik
title-ring = Ringing

## Sign in
sign-in-title = Sign in
sign-in-name = Sign-in name
sign-in-password = Password
sign-in-show = Show password
sign-in-submit = Sign in
sign-in-forgot = In the demonstration the passwords are printed in the terminal where the centre was started.
sign-in-next = After that we check the headset
sign-in-name-missing = Write your sign-in name
sign-in-password-missing = Write your password

## Errors by code
error-wrong_password = Name or password did not match. Check the layout and Caps Lock.
error-too_many_attempts = { $seconds ->
    [0] Too many attempts. Wait a minute.
    [one] Too many attempts. Wait { $seconds } second.
   *[other] Too many attempts. Wait { $seconds } seconds.
}
error-not_signed_in = The session is over. Sign in again.
error-no_link = No link to the centre. Check the network and try again.
error-no_such_call = There is no such call
error-forbidden = The shift lead can do this
error-unknown = That did not work. Try again in a minute.

## Refusals
refused-offer_gone = A colleague has the call, or it was cancelled
refused-not_your_call = This talk is already over
refused-no_sound = The headset needs sound first
refused-wrong_state = Not possible now: the state has changed
refused-no_such_line = There is no such line

## The bar
bar-label = State
bar-controls = Call controls
bar-offline = Off shift
bar-offline-title = Opening the desk
bar-offline-sub = It takes a second
bar-ready = { $gender ->
   *[other] Ready
}
bar-ready-title = The next call may be yours
bar-ready-sub = The headset works
bar-ring = Ringing
bar-ring-title = Ringing: { $line }
bar-talk = Talk
bar-wrap = Wrap-up
bar-wrap-title = The talk is over
bar-wrap-title-talk = The talk of { $talk } is over
bar-wrap-sub = Time for notes and a breath
bar-break = Break
bar-break-title = No calls come to you
bar-break-sub = { $gender ->
   *[other] Press “Ready” when you are back
}
bar-no-answer-title = You did not answer, the call waits again
bar-not-ready = No calls
bar-not-ready-title = The desk is open, no calls come yet
bar-not-ready-sub = { $gender ->
   *[other] Press “Ready”, and calls will come
}
bar-no-sound = No sound
bar-lost = No link
bar-lost-title = Getting the link to the centre back
bar-lost-sub = Until then no calls come to you
bar-lost-talk-title = The person is on the line
bar-lost-talk-sub = Talk on, the desk reconnects
time-minutes = { $minutes ->
    [0] less than a minute
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
caller-withheld = Number withheld
caller-number = { $number }
do-answer = Answer
do-decline = I cannot
do-hang-up = Hang up
do-ready = { $gender ->
   *[other] Ready
}
do-break = Break
do-check-sound = Check again
do-hear = Turn sound on
announce-ring = Ringing: { $line }. Answer: F4. I cannot: Escape.
announce-talk = The talk has begun. Hang up: F4.
announce-wrap = The talk is over. Wrap-up.
announce-wrap-soon = Twenty seconds of wrap-up left
announce-lost = No link to the centre. Reconnecting.
notice-ring-title = Ringing: { $line }
notice-ring-body = Answer on the desk, F4

## Sound
sound-connecting = Connecting the sound
sound-asking = Allow the microphone in the browser’s window
sound-elsewhere = The sound is in another window of the desk
sound-refused = The browser does not give the microphone
sound-refused-way = Allow it beside the page’s address and check again
sound-not-found = No microphone in sight
sound-not-found-way = Plug the headset in and check again
sound-busy = Another program has the microphone
sound-busy-way = Close it and check again
sound-insecure = At this address the browser gives no microphone
sound-insecure-way = Open the desk by https or on this computer
sound-muted = You are not heard: the microphone is off
sound-muted-way = Turn it on at the headset or in the system
sound-silent = You are not heard: the microphone gives silence
sound-silent-way = Choose another microphone in the system and check again
sound-full = The server has no room for your sound
sound-full-way = Tell the shift lead and check again
sound-failed = No sound from the centre
sound-failed-way = Connecting again. You need not wait
sound-blocked = The browser has not turned sound on
sound-blocked-way = Press the button to hear the person

## The desk
desk-left-shift = Today
desk-left-number = Number
desk-mid-list = Last calls
desk-mid-call = Call
desk-right = Headset and keys
today-in-centre = Today in the centre
today-accepted = { $count ->
    [one] call
   *[other] calls
}
today-answered = { $count ->
   *[other] answered
}
today-abandoned = gave up waiting
today-interrupted = { $count ->
   *[other] interrupted
}
today-level = answered in { $seconds } s
today-asa = average wait
level-percent = { $percent }%
no-figure = –
last-calls = Last calls
all-calls = All calls
last-calls-empty = No calls yet
last-calls-empty-sub = The first one appears here as soon as somebody calls.
number-h = Number
number-calls-h = Calls of this number
number-first = No calls from it before
number-withheld-sub = Earlier calls cannot be known
ring-waits = { $seconds ->
    [one] Waiting for { $seconds } second
   *[other] Waiting for { $seconds } seconds
}
ring-waits-long = Waiting for { $wait }
ring-leaves = { $seconds ->
    [one] { $seconds } second more, then the call is first in the queue again.
   *[other] { $seconds } seconds more, then the call is first in the queue again.
}
headset-h = Headset
headset-good = Works
headset-unknown = The browser’s microphone
keys-h = Keys
key-f4 = Answer, hang up
key-esc = I cannot answer
queue-none = Nobody is waiting
queue-some = { $count ->
   *[other] Waiting: <b>{ $count }</b>, longest <b>{ $wait }</b>
}
queue-some-short = { $count ->
   *[other] Waiting: <b>{ $count }</b>
}
queue-unseen = The queue is out of sight

## Earlier calls and outcomes
earlier-talk = talk, { $talk }
earlier-lead = { $day ->
    [today] Today from this number: { $what }
    [yesterday] Yesterday from this number: { $what }
   *[other] { $date } from this number: { $what }
}
earlier-at = At { $time }
day-yesterday = yesterday
day-tomorrow = tomorrow
outcome-answered = answered
outcome-abandoned-greeting = hung up in the greeting
outcome-abandoned-menu = hung up in the menu
outcome-abandoned-queue = gave up in the queue
outcome-abandoned-ringing = gave up while it rang
outcome-recorded = left a message
outcome-callback_requested = asks for a call back
outcome-forwarded = connected to an agency
outcome-self_served = learned it from the recording
outcome-rejected = not accepted
outcome-interrupted = broken off, our fault
going-talk = talking now
going-ringing = ringing a specialist
going-queue = waiting in the queue
going-message = leaves a message
going-greeting = hears the greeting

## Calls
calls-title = Calls
calls-filter = Outcome
filter-all = All
filter-answered = Answered
filter-abandoned = Gave up
filter-interrupted = Broken off
col-time = Time
col-caller = Who called
col-outcome = Outcome
col-wait = Waited
col-talk = Talked
col-specialist = Specialist
col-after = Next
calls-none = No calls yet
calls-none-sub = The first one appears here as soon as somebody calls.
calls-none-filter = No calls with this outcome
calls-none-filter-sub = Look at all calls.
calls-earlier = Show earlier
calls-stale = No link. The list is of { $time }
calls-table = List of calls
promise-today = we call back by { $time }
promise-other = we call back { $date } by { $time }
promise-late = promised by { $time }
promise-late-other = promised { $date } by { $time }
listen = Listen
listen-call = Listen to the recording, { $time }, { $caller }
recording-h = Recording of the talk
recording-title = { $caller }, { $time }
recording-play = Listen
recording-pause = Pause
recording-seek = Place in the recording
recording-at = { $at } of { $total }
recording-channels = left the caller, right the specialist
recording-download = Download
recording-close = Close the recording
recording-failed = The recording did not open. Try again.

## Start (demonstration)
start-title = Demonstration of the centre
start-lead = Call here
start-softphone = Softphone
start-softphone-how = Dial the address. No registration needed.
start-sipp = Without a telephone
start-sipp-how = One line in the terminal, a call of one minute
start-copy = Copy
start-copied = Copied
start-line-h = Line
start-line-mode = Mode of the line
mode-open = Open
mode-closed = Closed
mode-calendar = By calendar
line-open = Open
line-closed = Closed
line-hears-open = A caller now hears the greeting, the recording notice and music until a specialist answers.
line-hears-closed = A caller now hears that the specialists are not at work.
start-people-h = Who can sign in
start-people-passwords = The passwords are printed in the terminal.
start-today-h = Today
role-specialist = specialist
role-shift_lead = shift lead
role-administrator = administrator
role-head = head of the centre
role-press_office = press office
role-measure_editor = editor of measures
role-privacy_officer = privacy officer
number-written = The number was written on the web page and nobody has checked it. Ask who speaks.
