### The appeal: desk, list, page of an appeal and of a person.

nav-appeals = Appeals

## Saving
saved-opened = Draft opened { $time }
saved-saving = Saving…
saved-at = Saved { $time }
saved-here = Kept here
saved-page = Do not close the page
saved-not = Not saved
draft-opening = Opening the draft…
draft-failed = The draft did not open. We try again, the call goes on.
refused-too_long = { $field ->
    [answered] The answer
   *[asked] The matter
} is longer than fits: { $length } of { $limit } letters. Shorten it, your text is safe.
save-refused = Not saved. Your text is safe and kept here.
save-signed_out = The session is over. Your text is kept here. Sign in again, and it will be saved.
sign-in-kept = Your unsaved text is kept in this browser. Sign in, and it will be saved.
do-sign-in = Sign in

## Two versions
stale-note = { $by ->
    [none] Not saved: the appeal was changed. Your text is safe.
   *[other] Not saved: somebody else ({ $by }) changed the appeal. Your text is safe.
}
do-compare = Compare
versions-h = Two versions of the appeal
versions-lead = Mark what to keep. The rest stays as it is.
versions-mine = Your text
versions-theirs = { $by ->
    [none] The other version
   *[other] { $by }, { $time }
}
versions-all-mine = Take all of mine
versions-all-theirs = Take all of the other
versions-save = Save what is chosen
versions-choose = { $count ->
    [one] Choose in { $count } field
   *[other] Choose in { $count } fields
}
versions-ready = All is chosen
versions-later = Back to the text
versions-empty = empty
field-kind = Kind
field-topics = Topics
field-asked = Matter
field-answered = What we answered
field-result = Result
field-speaker = Who speaks
field-for_whom = About whom
versions-did-not-say = Did not say
versions-unknown = Not chosen
versions-person = Person of the card
versions-self = About oneself

## Form
sheet-h = Appeal
topic-choose = Choose a topic
topic-is = Topic:
topic-more = Add a topic
topic-drop = Remove the topic: { $topic }
topic-search = Find a topic
topic-placeholder = In plain words, as people say it
topic-none = No topic for “{ $query }”
topic-none-sub = Say it otherwise, or clear the words and look in the list.
topic-list = Topics
topic-unknown = Topic { $id }
asked-label = Matter
asked-placeholder = What was asked, in a sentence or two
answered-label = What we answered
answered-placeholder = In your own words
result-label = Result
result-ask = How did it end?
result-other = Other
result-explained = Explained
result-callback_promised = Callback promised
result-booked = Appointment
result-connected = Connected
result-number_given = Number given
result-signal_passed = Signal passed on
need-topic = Choose a topic
need-asked = Write what was asked
need-result = Mark how it ended
need-speaker = Mark who speaks
left-nothing = All filled in
left-one = Left: { $what ->
    [speaker] who speaks
    [topic] topic
    [asked] matter
   *[result] result
}
left-two = Left: { $what ->
    [speaker] who speaks
    [topic] topic
    [asked] matter
   *[result] result
} and { $and ->
    [speaker] who speaks
    [topic] topic
    [asked] matter
   *[result] result
}
left-many = Left: { $count ->
    [3] three fields
    [4] four fields
   *[other] { $count }
}
do-register = File
registering = Filing…
error-not_saved = First the text must be saved. It is kept here and will be saved as soon as the link is back.
kind-label = Appeal under law 59-FZ, an official answer is wanted

## Filed
filed-h = Filed { $time }
filed-say = Say the number: the appeal is found by it.
filed-copy = Copy the number
filed-copied = Copied
do-edit = Edit
do-edit-done = Done
do-open-appeal = Open the appeal
sum-topic = Topic
sum-asked = Matter
sum-answered = Answered
sum-result = Result
sum-for_whom = About whom
sum-none = not written

## No appeal
not-appeal-h = Not a talk?
dismissed-h = { $reason ->
    [silence] No appeal: silence
    [wrong_number] No appeal: wrong number
    [prank] No appeal: prank
   *[abuse] No appeal: abuse
}
dismissed-sub = It gets no number. What was written is saved.
do-undo-dismissal = Bring the draft back

## Who speaks
who-h = Who speaks?
who-other = Somebody else
who-did_not_say = Did not say
who-key = Alt { $n }
who-loading = Looking who called from this number
who-speaks = Speaks
who-change = Change
who-keep = Leave as it is
who-anonymous = Did not say
who-anonymous-sub = An appeal without a name is an appeal too.
new-h = New person
new-name = Family name, given name, patronymic
new-name-hint = As it was said; a given name is enough
new-year = Year of birth
new-year-hint = If it was said
new-save = Write down
new-cancel = Back
new-name-missing = Write a name
new-year-wrong = Four digits, such as 1958
person-born = born { $year }
for-whom-h = About whom
for-self = Oneself
for-other = Another
for-relation = About whom
for-relation-placeholder = mother, son, neighbour
person-open = Card
before-h = Before
before-none = No earlier contact
others-h = Others on this number
desk-left-person = Caller
ring-people = Names are shown when you answer.

## Right side
say-h = Say
say-greeting = { $name ->
    [none] Hello, this is the contact centre of the social services. How may I call you?
   *[other] Hello, my name is { $name }. How may I call you?
}
say-greeting-fault = { $name ->
    [none] Hello. The call broke off through our fault, I am sorry. How may I call you?
   *[other] Hello, my name is { $name }. The call broke off through our fault, I am sorry. How may I call you?
}
check-h = Before you speak of the matter
check-1 = Full name
check-2 = Date of birth
check-3 = Number of the appeal or date of the visit
check-never = Never ask for card numbers, codes from messages, passwords, or full papers.
check-why = General rules are for everybody; a person's matter comes after the check.

## Keys
keys-sheet-h = Keys
keys-sheet-close = Close
keys-sheet-open = All keys
key-alt-n = Who speaks
key-ctrl-enter = File
key-alt-q = To the appeal
key-alt-w = To the caller
key-f1 = This list

## Bar
bar-mic = Microphone
bar-mic-good = The microphone works, level { $bars } of 3
bar-ask = Ask how to call them
bar-address = { $name }
bar-who-sub = { $number } · waited { $wait }
bar-who-sub-withheld = Number withheld · waited { $wait }
bar-lost-talk-title-name = { $name } is on the line
bar-lost-line-title = Restoring the link to the centre
bar-lost-line-sub = If the talk broke off, the person will be called back
fact-our-fault = The call broke off through our fault
fact-our-fault-sub = It comes first in the queue. Begin with an apology.
do-extend = 2 more minutes
do-record = Recording
record-on = The talk is recorded
record-stopped = Stopped
record-off = No recording
record-ask = Stop the recording?
record-what = The talk goes on and is recorded no further. It cannot be switched on again in this talk. What was recorded so far stays.
record-stop = Stop recording
record-keep = Go on recording
break-h = Reason of the break
drafts-h = Drafts
draft-here = The text is kept here, not saved
draft-missing = Not filed
do-finish-draft = Finish

## List of appeals
appeals-list = List of appeals
appeals-back = To the appeals
appeals-search = Find an appeal
appeals-search-hint = Number, telephone, name or words
appeals-table-get = Download as a table
appeals-no-topic = No topic
appeals-none = No appeals yet
appeals-none-sub = The first one appears after the first talk.
appeals-none-filter = No appeals for this choice
appeals-none-filter-sub = Clear some of the conditions.
appeals-none-q = Nothing for “{ $query }”
filter-topic = Any topic
filter-result = Any result
filter-period = All time
filter-status = All
filter-author = Taken by
filter-mine = Mine
filter-clear = Clear
period-today = Today
period-week = 7 days
period-month = 30 days
period-quarter = 90 days
acol-number = Number
acol-when = When
acol-who = Person
acol-what = Topic and matter
acol-result = Result
acol-author = Taken by

## Page of an appeal and of a person
person-h = Person
person-all = All appeals
talk-h = Talk
talk-lasted = { $talk }
talk-no-recording = No recording
events-h = What happened
history-h = Calls, appeals, promises
history-none = Nothing yet
history-call = Call
history-promise = Promise
card-h = Card
card-phones = Numbers
card-no-phones = No numbers
card-family_name = Family name
card-given_name = Given name
card-patronymic = Patronymic
card-note = Note
card-note-hint = How to speak, what to mind. The next specialist sees it.
card-save = Save
card-save-over = Save mine
card-stale = The card was changed meanwhile. Your text is safe. Now it says:
card-take-theirs = Keep this one
