### A newcomer's five steps on the start page.
walk-h = Walk the way of a call in five steps
walk-done = done
walk-call = Call
walk-call-how = In a new tab. The sample voice needs no microphone, and the tabs do not howl.
walk-call-do = With a sample voice
walk-call-microphone = With your own voice
walk-answer = Answer
walk-answer-how = Sign in as vera, press “Ready”, and F4 when it rings.
walk-answer-do = Sign in and open the desk
walk-write = Write
walk-write-how = In the talk or after it, write at the desk what the call was about.
walk-hear = Listen
walk-hear-how = The recording stands in the list of calls: the caller left, you right.
walk-hear-do = Open the calls
walk-figure = Look
walk-figure-how = The call is counted in the figures of the day already.
walk-figure-do = Show the figures
