### Setting the topics of appeals up.

setup-topics = Topics
topics-note = Specialists sort appeals by topics. A topic is not deleted but hidden: new appeals are not offered it, and earlier ones keep it.
topics-add-group = New group
topics-add = New topic
topics-id = Code
topics-id-hint = Latin letters, digits, dash, underscore; never changes
topics-name = Name
topics-group = Group
topics-says = What callers say
topics-says-hint = With commas between. The search of topics finds it by these words.
topics-place = Place in the list
topics-place-hint = The smaller the number, the higher
topics-active = Offer it to specialists
topics-hidden = hidden
topics-no-says = no words yet
topics-none = This group has no topics yet
error-bad_topic_id = A code has up to 40 small Latin letters, digits, dashes and underscores
error-topic_id_taken = A topic or a group has this code already
error-topic_tree_full = There are at most 50 groups and 500 topics
error-no_such_topic_group = There is no such group of topics
error-bad_says = At most 30 sayings of up to 100 letters each
error-bad_place = A place in the list is a whole number from 1 to 10,000
error-bad_keep_days = Recordings stay 0 to 36,500 days; 0 means for ever
