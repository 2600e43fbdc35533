### The caller's page /call: residents read it, not specialists. The Russian one has the same keys and variables.

call-title = Call from the browser
call-brand = Social services contact centre
call-skip = To the content
call-other-language = По-русски

## Before the call
call-h = Call us from your browser
call-lead = Free of charge. You will need a microphone.
call-lead-sample = No microphone needed: a sample voice speaks.
call-phone = Your number
call-phone-hint = You may leave it out. If the call breaks off, we ring back.
call-phone-bad = Write the whole number, for example 8 900 000-00-00, or leave the field empty.
call-do = Call
call-open-until = Open until { $time }, { $waiting ->
    [0] nobody is waiting
    [one] { $waiting } person is waiting
   *[other] { $waiting } people are waiting
}
call-open = We are open, { $waiting ->
    [0] nobody is waiting
    [one] { $waiting } person is waiting
   *[other] { $waiting } people are waiting
}
call-closed-until = Closed now. We open { $time }. Leave your number and we ring back.
call-closed = Closed now. Leave your number and we ring back.
call-recorded = We record the talk, to answer exactly
call-by-phone = By telephone: <a>{ $number }</a>
call-danger = In danger? Call <a>112</a>
call-sample-try = Without a microphone: <a>let a sample voice speak</a>
call-sample-off = <a>Speak into the microphone</a>
call-demo = Demonstration: the call does not leave this computer

## Switched off, no link
call-off-h = Calls from the browser are switched off
call-off = Dial <a>{ $number }</a>, it is free of charge
call-unreached-h = No link to the centre
call-unreached = Check your internet connection and try again.
call-again = Try again
call-loading = Loading

## Refusals
call-refused-browser_calls_off = Calls from the browser are switched off. Dial { $number }.
call-refused-browser_calls_full = All browser lines are taken now. Dial { $number } or try in a minute.
call-refused-too_many_calls = Somebody at your address is calling already. End that call or dial { $number }.
call-refused-too_many_starts = { $seconds ->
    [one] Too many calls in a row. Wait { $seconds } second or dial { $number }.
   *[other] Too many calls in a row. Wait { $seconds } seconds or dial { $number }.
}
call-refused-media_full = We have no room for sound. Dial { $number } or try in a minute.
call-refused-no_link = No link to the centre. Check your internet connection or dial { $number }.
call-refused-unknown = The call did not go through. Try in a minute or dial { $number }.

## Microphone
call-asking-h = Allow the microphone
call-asking = The browser asks for it in a window of its own.
call-mic-refused-h = The browser keeps the microphone back
call-mic-lead = Without it we do not hear you.
call-mic-refused-1 = Press the sign to the left of the page's address
call-mic-refused-2 = Choose “Allow” beside the word “Microphone”
call-mic-refused-3 = Come back and try again
call-mic-not_found-h = No microphone in sight
call-mic-not_found-1 = Connect a headset or a microphone
call-mic-not_found-2 = Wait for some seconds
call-mic-not_found-3 = Try again
call-mic-busy-h = The microphone is taken
call-mic-busy-1 = Close the program that uses it
call-mic-busy-2 = Close other calls in the browser
call-mic-busy-3 = Try again
call-mic-insecure-h = At this address the browser gives no microphone
call-mic-insecure-1 = The address of the page must begin with https
call-mic-insecure-2 = Open it from the ministry's site
call-mic-insecure-3 = Try again
call-or-phone = Or dial <a>{ $number }</a>, it is free of charge
call-or-sample = In the demonstration it works without one: <a>let a sample voice speak</a>

## The sound was not connected
call-no-sound-h = The sound was not connected
call-no-sound = The network does not let calls from a browser through.
call-no-sound-1 = Switch your VPN off, if it is on
call-no-sound-2 = Try another network, a mobile one for example
call-no-sound-3 = Try again
call-firefox-h = Firefox does not connect sound on one computer
call-firefox = By default it looks for no way over the address 127.0.0.1, and the demonstration listens there only.
call-firefox-1 = Open this page in Chrome, Yandex Browser or Chromium
call-firefox-2 = Or write about:config into the address and switch media.peerconnection.ice.loopback on
call-firefox-3 = Load the page again

## The call
call-connecting-h = Connecting
call-connecting = It takes a second
call-greeting-h = You are through
call-message-h = Leave a message
call-message = Speak after the tone. To finish, press the hash key or hang up.
call-greeting = Please listen to the message
call-ahead = { $ahead ->
    [0] You are next in line
    [one] { $ahead } person is ahead of you
   *[other] { $ahead } people are ahead of you
}
call-waiting = Stay on the line, your place is kept
call-waited = { $time } gone by. Music plays
call-talking-h = { $name } speaks with you
call-talking-h-unnamed = A specialist speaks with you
call-talk-recorded = We record the talk
call-talk-not-recorded = Not recorded
call-talk-time = The talk has lasted { $time }
call-lost-hint = The link breaks off? Do not close the page, we bring the talk back
call-sound-lost = Bringing the sound back
call-sample-hint = A sample voice speaks in your place. The page's sound is off, so that nothing howls.
call-mute = Microphone
call-mute-sample = Voice
call-muted = off
call-keypad = Keys
call-speaker = Sound
call-speaker-off = off
call-hear-h = The browser did not switch the sound on
call-hear = Switch the sound on
call-hang-up = Hang up
call-key = Key { $key }
call-keys-label = Keys of the telephone

## After the call
call-ended-h = The call is over
call-ended-answered-h = Thank you for calling
call-ended-answered = The talk lasted { $time }.
call-ended-abandoned = There was no talk. You can call once more.
call-ended-callback_requested = We promised to ring back, and we will.
call-ended-self_served = We have told all that we can now. Please call in working hours.
call-ended-rejected = Too many are waiting now. Please call later.
call-ended-interrupted-h = The call broke off by our fault
call-ended-interrupted = Call once more, somebody is waiting for you.
call-ended-promised = We ring back at your number.
call-ended-unknown = The call could not be connected. Please call once more.
call-ended-again = Call once more
