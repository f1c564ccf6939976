jobs-date-in-future = A job cannot run for a date after today, {$today}: what falls due then is not owed yet.
