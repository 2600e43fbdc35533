### Reasons of a break, as in the settings of the centre.

break-rest = Break
break-lunch = Lunch
break-short = Short break
break-screen_rest = Rest for the eyes
break-recovery = After a hard call
break-paperwork = Work on appeals
break-callbacks = Calling back
break-training = Training, meeting
break-supervisor = With the shift lead
break-technical = Equipment fails
break-no_answer = Break: a call was missed
break-not_ready = Not ready
