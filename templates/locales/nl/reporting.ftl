reporting-not-begun = Deze periode begint pas op {$from}.
reporting-at-once = Iemand anders maakte net dezelfde rapportering. Probeer opnieuw.
