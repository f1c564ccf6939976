reporting-not-begun = This period begins only on {$from}.
reporting-at-once = Somebody else was just making the same report. Try again.
