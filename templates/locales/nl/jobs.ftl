# De pagina Taken.

job-arrears_day = Achterstallen opvolgen
job-instalments_due = Vervallen aflossingen vorderen
job-outbox_send = Berichten versturen

run-waiting = Wacht
run-running = Bezig
run-done = Klaar
run-failed = Mislukt

jobs-lead = Wat het Energiehuis zelf doet op vaste uren. Alle tijden zijn Belgische tijd.
jobs-none = Hier draaien geen taken
jobs-none-next = De taken staan in de map jobs. Vraag de beheerder om ze aan te zetten.
jobs-when = Wanneer
jobs-when-daily = Elke dag om { $time }
jobs-when-often = Elke { $minutes } minuten, tussen { $from } en { $until }
jobs-next = Volgende keer
jobs-next-never = Nooit meer
jobs-for-date = Voor datum
jobs-run = Nu uitvoeren
jobs-runs = Laatste keren
jobs-due = Gepland op
jobs-state = Status
jobs-report = Wat er gebeurde
jobs-never = Deze taak is nog nooit uitgevoerd. Ze begint vanzelf op het uur hierboven.
jobs-no-report = Nog niets
jobs-took = { $seconds ->
    [one] in 1 seconde
   *[other] in { $seconds } seconden
}
jobs-attempts = { $count } pogingen
jobs-error = Wat er misging (technische melding, in het Engels)
jobs-done = De taak is uitgevoerd.
jobs-failed = De taak is niet goed afgelopen. Kijk hieronder wat er misging.
jobs-asked = De taak is gevraagd en loopt nog. Open deze pagina straks opnieuw.
jobs-date-wrong = “{ $value }” is geen datum. Schrijf ze zoals 16/10/2026.
jobs-date-in-future = Een taak kan niet voor een datum na vandaag, { $today }: wat dan vervalt, is nog niet verschuldigd.

jobs-report-arrears-day = { $loans ->
    [0] Geen enkele lening te bekijken
    [one] 1 lening bekeken
   *[other] { $loans } leningen bekeken
}: { $reminders ->
    [0] geen herinneringen
    [one] 1 herinnering
   *[other] { $reminders } herinneringen
}, { $signals ->
    [0] geen signalen
    [one] 1 signaal
   *[other] { $signals } signalen
} voor de dossierbeheerder, { $letters_to_print ->
    [0] geen brieven
    [one] 1 brief
   *[other] { $letters_to_print } brieven
} om te printen.
jobs-report-instalments-due = { $claims ->
    [0] Geen aflossingen gevorderd
    [one] 1 aflossing gevorderd, samen { $amount }
   *[other] { $claims } aflossingen gevorderd, samen { $amount }
} ({ $loans ->
    [one] 1 lening bekeken
   *[other] { $loans } leningen bekeken
}).
jobs-report-outbox-send = { $sent ->
    [0] Niets verstuurd
    [one] 1 bericht verstuurd
   *[other] { $sent } berichten verstuurd
}{ $later ->
    [0] {""}
    [one] , 1 later opnieuw
   *[other] , { $later } later opnieuw
}{ $failed ->
    [0] {""}
    [one] , 1 geweigerd
   *[other] , { $failed } geweigerd
}.
jobs-report-arrears-day-nothing = { $loans ->
    [0] Er was geen lening te bekijken.
    [one] 1 lening bekeken: er was niets te doen.
   *[other] { $loans } leningen bekeken: er was niets te doen.
}
jobs-report-instalments-due-nothing = { $loans ->
    [0] Er was geen lening te bekijken.
    [one] 1 lening bekeken: er was niets vervallen.
   *[other] { $loans } leningen bekeken: er was niets vervallen.
}
jobs-report-outbox-send-nothing = Er stond niets klaar.
