# The page Jobs.

job-arrears_day = Follow up arrears
job-instalments_due = Claim instalments
job-outbox_send = Send messages

run-waiting = Waiting
run-running = Running
run-done = Done
run-failed = Failed

jobs-lead = What the Energiehuis does by itself at fixed hours. All times are Belgian time.
jobs-none = No jobs run here
jobs-none-next = Jobs are in the folder jobs. Ask the administrator to switch them on.
jobs-when = When
jobs-when-daily = Every day at { $time }
jobs-when-often = Every { $minutes } minutes, between { $from } and { $until }
jobs-next = Next time
jobs-next-never = Never again
jobs-for-date = For date
jobs-run = Run now
jobs-runs = Latest runs
jobs-due = Due
jobs-state = Status
jobs-report = What it did
jobs-never = This job has never run. It begins by itself at the hour above.
jobs-no-report = Nothing yet
jobs-took = { $seconds ->
    [one] in 1 second
   *[other] in { $seconds } seconds
}
jobs-attempts = { $count } attempts
jobs-error = What went wrong (technical message)
jobs-done = The job has run.
jobs-failed = The job did not end well. See below what went wrong.
jobs-asked = The job was asked for and is still running. Open this page again in a moment.
jobs-date-wrong = “{ $value }” is not a date. Write it like 16/10/2026.
jobs-date-in-future = A job cannot run for a date after today, { $today }: what falls due then is not owed yet.

jobs-report-arrears-day = { $loans ->
    [0] No loan to look at
    [one] 1 loan looked at
   *[other] { $loans } loans looked at
}: { $reminders ->
    [0] no reminders
    [one] 1 reminder
   *[other] { $reminders } reminders
}, { $signals ->
    [0] no signals
    [one] 1 signal
   *[other] { $signals } signals
} for the loan officer, { $letters_to_print ->
    [0] no letters
    [one] 1 letter
   *[other] { $letters_to_print } letters
} to print.
jobs-report-instalments-due = { $claims ->
    [0] No instalments claimed
    [one] 1 instalment claimed, { $amount }
   *[other] { $claims } instalments claimed, { $amount } together
} ({ $loans ->
    [one] 1 loan looked at
   *[other] { $loans } loans looked at
}).
jobs-report-outbox-send = { $sent ->
    [0] Nothing sent
    [one] 1 message sent
   *[other] { $sent } messages sent
}{ $later ->
    [0] {""}
    [one] , 1 again later
   *[other] , { $later } again later
}{ $failed ->
    [0] {""}
    [one] , 1 refused
   *[other] , { $failed } refused
}.
jobs-report-arrears-day-nothing = { $loans ->
    [0] There was no loan to look at.
    [one] 1 loan looked at: there was nothing to do.
   *[other] { $loans } loans looked at: there was nothing to do.
}
jobs-report-instalments-due-nothing = { $loans ->
    [0] There was no loan to look at.
    [one] 1 loan looked at: nothing had fallen due.
   *[other] { $loans } loans looked at: nothing had fallen due.
}
jobs-report-outbox-send-nothing = Nothing was waiting.
