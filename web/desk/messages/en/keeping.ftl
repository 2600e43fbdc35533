### Keeping: disk space, how long recordings stay, refusals of other sites.

error-other_host = This centre was opened by a name that is not its own. Open it at the address that the administrator gave you.
error-other_site = The request came from another site and was not carried out.

## The list of calls: why there is nothing to listen to
recording-deleted = Recording deleted on { $date }
recording-refused = Not recorded: the disk had no space
error-recording_deleted = This recording was kept for its time and is deleted.

## Keeping recordings
keeping-title = Keeping recordings
keeping-not-measured = The disk is not measured yet. Look again in a minute.
keeping-ok = There is enough space
keeping-low = Space is low
keeping-floor = Talks are not recorded
keeping-days = { $days ->
    [0] If nothing changes, the space ends today.
    [one] If nothing changes, the space lasts for { $days } day.
   *[other] If nothing changes, the space lasts for { $days } days.
}
keeping-no-growth = Nothing was recorded in the last two weeks, so the space does not shrink.
keeping-floor-text = Less than { $floor } is free. Calls are taken and talks go on, but new ones are not recorded. Free some space: recording begins again by itself.
keeping-low-text = Shorten how long the lines keep recordings, or give it a larger disk.
keeping-bar = Disk of { $total }: recordings { $used }, other { $other }, free { $free }
keeping-used = recordings
keeping-other = other
keeping-free = free
keeping-reserve = { $floor } of it stays unused
keeping-count = { $count ->
    [one] { $count } recording on the disk
   *[other] { $count } recordings on the disk
}
keeping-oldest = the oldest of { $date }
keeping-per-day = A day adds { $hours } h of talks, which is { $size }
keeping-lines = How long to keep
keeping-line = Line
keeping-term = Time
keeping-for-days = { $days ->
    [0] for ever
    [one] { $days } day
   *[other] { $days } days
}
keeping-lines-hint = The time is set with the line, under "Lines". Held recordings, and those of open promises, are not deleted.
keeping-gigabytes = { $n } GB
keeping-megabytes = { $n } MB
alarm-disk_low = Space for recordings runs out
alarm-disk_low-sub = how much is left stands under keeping
alarm-disk_floor = Talks are not recorded: the disk is full
alarm-disk_floor-sub = calls go on; free some space
