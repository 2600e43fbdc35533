### Promises: list, desk, badge. The same keys and variables as ru/promises.ftl.

## Section and badge
nav-promises = Promises
promises-badge = { $open } open
promises-badge-late = { $open } open, { $overdue } overdue

## List
promises-which = Whose
promises-tab-open = All
promises-tab-mine = Mine
promises-tab-free = Nobody’s
promises-tab-overdue = Overdue
promises-tab-closed = Closed
promises-table = List of promises
promises-col-due = Due
promises-col-closed = Closed
promises-col-whom = To whom and what
promises-col-from = From
promises-col-tried = Tried
promises-col-how = How it ended
promises-col-owner = Who
promises-col-act = Action
promises-group-late = Overdue, { $count }
promises-group-back = Back in the list, { $count }
promises-group-today = Today, { $count }
promises-group-tomorrow = Tomorrow, { $count }
promises-group-later = Later, { $count }
promises-none-open = No promises
promises-none-mine = You have no promises
promises-none-free = Every promise has an owner
promises-none-overdue = Nobody waits longer than we promised
promises-none-closed = No closed promises yet
promises-none-sub = New ones come from calls and messages.
promises-stale = No link. The list is of { $time }
promises-first-page = To the beginning
promises-next-page = Next

## Promise
promise-kind-our_fault = Call after a break by our fault
promise-kind-callback = Callback
promise-kind-voice_message = Answer to a voice message
promise-kind-other = Promise
promise-no-number = Number unknown
promise-no-number-sub = There is nowhere to ring. Close the promise by hand and write the reason.
promise-from = Call
promise-tried-none = not yet
promise-tried = { $count ->
    [one] once, { $result }
   *[other] { $count } times, { $result }
}
promise-result-no_answer = no answer
promise-result-busy = busy
promise-result-machine = answering machine
promise-result-wrong_person = somebody else
promise-result-asked_later = asked to ring later
promise-outcome-spoken = Spoken
promise-outcome-spoken_earlier = Already spoken
promise-outcome-not_reached = Not reached
promise-outcome-refused = No longer wanted
promise-outcome-no_number = No number
promise-outcome-duplicate = Duplicate
promise-outcome-by_hand = Another reason
promise-proof = there is a talk
promise-me = me
promise-nobody = nobody
promise-back = back in the list
promise-closed = promise closed

## Actions
promise-take = Take
promise-take-whom = Take: { $caller }
promise-open = Open
promise-open-whom = Open: { $caller }
promise-fold = Fold
promise-fold-whom = Fold: { $caller }
promise-release = Back to the list
promise-of-other = A colleague has it: { $name }
promise-copy = Copy
promise-copied = Number copied
promise-dial = Dial it on a telephone
promise-listen = Hear the recording, { $length }
promise-tries = Attempts
promise-early = Early. The next attempt: { $when }
promise-next = The attempt was due: { $when }
promise-note = Written at closing
promise-try = Not reached
promise-try-what = What happened
promise-try-note = A note, if needed
promise-try-save = Note the attempt
promise-close = Close
promise-close-how = How it ended
promise-close-proof = Which talk
promise-close-note = A note, if needed
promise-close-reason = Reason
promise-close-save = Close the promise
promise-proof-now = going on now
promise-choose = Choose one answer
promise-reason-missing = Write the reason
promise-not-saved = Not saved. { $why } Your text is safe.

## Desk
owed-h = We promised
owed-due = To ring back by { $time }
owed-due-day = To ring back: { $day }, by { $time }
owed-owner = A colleague has it: { $name }
owed-close = Close by this talk
owed-closed = The promise is closed by this talk

## Refusals
error-no_such_promise = There is no such promise.
error-promise_closed = The promise is closed already.
error-promise_taken = A colleague has taken the promise.
error-promise_not_taken = The promise is in the list already: nobody owns it.
error-promise_needs_reason = Write the reason.
error-promise_no_proof = This call does not show that the person was spoken to.
error-promise_attempts_left = Not all attempts were made yet.
error-promise_number_known = There is a number to ring.
error-promise_number_unknown = The number is unknown: there is nowhere to ring.
error-note_too_long = Too long: at most two thousand letters.
error-bad_which = There is no such list.
error-bad_kind = There is no such kind of promise.
