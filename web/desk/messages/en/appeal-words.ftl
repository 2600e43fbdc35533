# Words of appeals that the centre itself names: statuses, kinds, dismissals, what is missing, refusals.

appeal-status-draft = Draft
appeal-status-registered = Registered
appeal-status-dismissed = No appeal

appeal-kind-consultation = Consultation
appeal-kind-appeal_59fz = Appeal under 59-FZ

dismissal-silence = Silence
dismissal-wrong_number = Wrong number
dismissal-prank = Prank
dismissal-abuse = Abuse

missing-topic = topic
missing-asked = question
missing-result = result
missing-speaker = who speaks

appeal-event-appeal_saved = Written in the draft
appeal-event-appeal_registered = Filed, a number was given
appeal-event-appeal_changed = Changed after filing
appeal-event-appeal_dismissed = Marked as no appeal
appeal-event-appeal_reopened = A draft again

error-stale = Somebody changed this meanwhile. Your text is still here: compare and save again.
error-incomplete = Something is not filled in yet. The draft is saved.
error-too_long = Too long. Your text is still here: shorten it and save again.
error-too_large = Too much text at once. Your text is still here: shorten it and save again.
error-bad_body = The centre did not understand the request. Reload the page: the draft is saved.
error-no_such_appeal = There is no such appeal
error-no_such_person = There is no such person
error-no_such_topic = This topic is gone. Choose another one.
error-no_such_result = This result is gone. Choose another one.
error-too_many_topics = At most three topics
error-not_your_appeal = The call's specialist or the shift lead writes this
error-appeal_dismissed = Marked as no appeal. Make it a draft again first.
error-appeal_registered = The appeal has a number already
error-not_answered_yet = Answer the call first
error-no_name = A given or a family name is needed
error-no_relation = Write for whom
error-bad_birth_year = Check the year of birth
error-bad_day = A date is written like this: 2026-11-24
error-bad_query = At least two letters or digits are needed
error-bad_filter = The centre did not understand the filter. Check its conditions.
