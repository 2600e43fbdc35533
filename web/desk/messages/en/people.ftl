### Setup, one-time links, sessions.

nav-setup = Setup
setup-parts = Parts of the setup
setup-people = People
setup-devices = Devices
setup-lines = Lines
setup-hours = Hours and days
setup-prompts = Prompts
setup-breaks = Breaks
setup-keeping = Keeping
setup-save = Save
setup-saved = Saved
setup-cancel = Cancel
setup-edit = Change
setup-remove = Remove
setup-yes = yes
setup-no = no

## Two versions
stale-title = Somebody saved before you.
stale-sub = Nothing is lost: here are both versions.
stale-field = Field
stale-theirs = In the centre now
stale-mine = Yours
stale-take = Take what is in the centre
stale-keep = Save mine over it

## People
gender-none = Not given
gender-f = Feminine forms
gender-m = Masculine forms
people-all = Who works here
people-add = Somebody new
people-add-submit = Add and get the link
people-id = Sign-in name
people-id-hint = Latin letters, digits, dot, dash; never changes
people-name = First and last name
people-role = Role
people-gender = Forms of words
people-disabled = Sign-in is switched off
people-off = sign-in is switched off
people-invited = waiting for the first sign-in
people-no-link = the link has expired, make a new one
people-out = not signed in
people-signed-in = { $count ->
    [one] signed in, { $count } browser
   *[other] signed in, { $count } browsers
}
people-link = Link to sign in
people-end = End sessions
link-title = Link to sign in: { $name }.
link-sub = Opens once, good until { $until }. We shall not show it again.
link-copy = Copy
link-copied = Copied

## Devices
devices-note = SIP phones ring from the next version on. Now calls are taken in the browser; the address of a phone can be noted beforehand.
device-kind = Takes calls on
device-browser = Browser
device-sip = SIP phone
device-address = Address of the phone
device-address-hint = As sip:101@192.0.2.10:5060

## Lines
lines-note = What is saved holds from the next call on; talks are not broken. The first line also takes calls to an unknown number.
lines-add = New line
lines-id = Code of the line
lines-id-hint = Latin letters, digits, dash; never changes
lines-name = Name
lines-number = Number
lines-recorded = Record talks
lines-recorder = Messages may be left when nobody answers
lines-keep = Days that recordings stay
lines-keep-hint = 0: for ever. What is older is deleted within ten minutes, and does not come back.
lines-week = Hours of the week
lines-own-days = Special days of this line
lines-add-day = Add a day
lines-mode = Switch
lines-mode-open = Open
lines-mode-calendar = By the hours
lines-mode-closed = Closed
lines-open-now = Open now
lines-closed-now = Closed now
day-mon = Monday
day-tue = Tuesday
day-wed = Wednesday
day-thu = Thursday
day-fri = Friday
day-sat = Saturday
day-sun = Sunday
spans-closed = closed
spans-from = { $day }: from
spans-to = { $day }: to
spans-add = Add hours
spans-remove = { $day }: remove hours

## Hours and days
days-own = Closed days of the centre
days-own-note = On these days all lines are closed but those that have hours of their own for the day.
days-none = No closed days of our own
days-add = Add a day
days-date = Date
days-name = Why
days-calendar = Production calendar
days-calendar-note = Days that do not follow their weekday. All other weekdays are worked, Saturday and Sunday are off.
days-year = Year
days-unknown-year = There is no calendar for this year: weekdays count.
daykind-holiday = holiday, closed
daykind-weekend_moved_off = day off (moved), closed
daykind-working_moved = working day (moved), hours of Monday
daykind-shortened = shortened, usual hours of the line

## Prompts
prompts-note = A WAV file: 16 bit from 8 to 48 kHz or A-law, at most a minute. A new sound is played from the next time on, earlier ones stay.
prompts-sound = Sound
prompts-built-in = the sound of the program
prompts-listen = Listen: { $text }
prompts-replace = Replace the sound
prompts-old = Earlier ({ $count })
prompts-restore = Bring this back

## Breaks
breaks-note = These reasons come with the program and cannot be changed here.
breaks-chosen = Chosen by the specialist or the shift lead
breaks-given = Set by the centre itself
breaks-no_answer-sub = After several missed calls in a row
breaks-not_ready-sub = After sign-in, until "Ready" is pressed, and when sound is lost

## One-time link
welcome-title = First sign-in
welcome-hello = Hello, { $name }
welcome-first = Think of a password. Your sign-in name: { $id }
welcome-again = Think of a new password. Your sign-in name: { $id }
welcome-password = Password
welcome-repeat = Once more
welcome-rule = { $left ->
    [one] { $left } more letter. Several words in a row are handy.
   *[other] { $left } more letters. Several words in a row are handy.
}
welcome-enough = Long enough
welcome-differ = The passwords differ
welcome-submit = Save and sign in

## Sessions
sessions-link = Where you are signed in
sessions-title = Where you are signed in
sessions-sub = If you do not know a browser, end its session and set another password: an administrator gives you a link.
sessions-since = signed in { $since }, last seen { $seen }
sessions-this = this browser
sessions-unknown = Unknown browser
sessions-end = End
sign-out-failed = Signing out did not work, the session is still open.

## Errors by code
error-link_gone = The link was used or has expired. Ask an administrator for a new one.
error-switched_off = Your sign-in is switched off. Ask an administrator.
error-password_too_short = The password is shorter than 12 letters
error-password_too_long = The password is too long
error-password_too_common = Such a password is guessed first. Take several unrelated words.
error-bad_name = Write a name: up to 120 letters, one line
error-bad_sign_in_name = A sign-in name has 2 to 40 Latin letters, digits, dots, dashes, and begins with a letter
error-person_exists = This sign-in name is there already
error-no_such_colleague = There is no such person, or their sign-in is switched off
error-no_such_session = This session is over already
error-last_administrator = This is the last administrator who can sign in. Appoint another one first.
error-bad_sip_address = The address of a phone is written sip:101@192.0.2.10:5060
error-bad_line_id = The code of a line has up to 40 Latin letters, digits and dashes
error-bad_time = A time is written 08:00
error-closes_before_it_opens = It closes before it opens
error-hours_overlap = Hours of one day overlap
error-too_many_hours = Too many hours or days
error-day_twice = This day stands there twice
error-number_taken = Another line has this number
error-too_many_lines = There are no more than 50 lines
error-no_such_prompt = There is no such prompt
error-no_such_version = There is no such version
error-not_wav = This is no WAV file
error-unsupported_wav = A WAV file is needed: 16 bit from 8 to 48 kHz, or A-law, one channel or two
error-empty_sound = The file holds no sound
error-sound_too_long = The prompt is longer than a minute
error-sound_too_large = The file is larger than 5 MB
error-bad_json = The centre did not understand what was sent. Load the page anew.
error-too_slow = The request took too long. Check the connection and try again.
