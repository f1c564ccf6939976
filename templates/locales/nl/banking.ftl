# De pagina's van de bank.

banking-lead = Wat de bank zegt, wat de boekhouding zegt, en wat nog op iemand wacht.
banking-crumbs = Waar u bent
banking-fund = Fonds
banking-filter = Tonen
banking-no-funds = Er is nog geen fonds
banking-no-funds-next = Een bankbestand hoort bij de rekening van een fonds. Vraag wie het Energiehuis beheert om er een te openen.
banking-agree-title = Bank en boekhouding
banking-agrees = Gelijk
banking-differs = Er is een verschil
banking-last = Laatste uittreksel
banking-no-statement = Nog geen uittreksel
banking-statements = { $count ->
    [one] 1 uittreksel
   *[other] { $count } uittreksels
}
banking-gaps = { $count ->
    [one] op 1 plaats sluit het saldo niet aan
   *[other] op { $count } plaatsen sluit het saldo niet aan
}
banking-bank = Saldo bank
banking-ledger = Saldo boekhouding
banking-difference = Verschil
banking-unmatched = Eigenaar onbekend
banking-since = sinds uittreksel { $sequence } van { $on }
banking-differed = { $count ->
    [one] nu gelijk, op 1 eerdere dag niet
   *[other] nu gelijk, op { $count } eerdere dagen niet
}
banking-off-by = verschilt { $amount }
banking-same-day = later op die dag

banking-upload = Bankbestanden inlezen
banking-upload-help = Kies een of meer bestanden van uw bank (CODA, CAMT.053 of CAMT.054), samen hoogstens { $most } MB. Hetzelfde bestand twee keer kan geen kwaad: het wordt herkend. Klopt er iets niet, dan wordt niets van dat bestand geboekt.
banking-upload-hold = Een bestand dat niet aansluit vasthouden tot het ontbrekende komt; anders wordt het geweigerd
banking-upload-files = Bestanden
banking-upload-do = Inlezen
banking-too-large = Dit is meer dan { $most } MB. Kies minder bestanden tegelijk; er is niets ingelezen.
banking-no-file = U hebt nog geen bestand gekozen. Kies er minstens een.
banking-unreadable = De bestanden zijn niet goed aangekomen; er is niets ingelezen. Probeer het opnieuw.

banking-held = { $count ->
    [one] 1 bestand wordt vastgehouden
   *[other] { $count } bestanden worden vastgehouden
}
banking-held-chip = Wacht
banking-held-help = Deze bestanden kloppen, maar een uittreksel ervoor ontbreekt. Ze worden vanzelf geboekt zodra het binnenkomt.
banking-held-since = Sinds { $moment }, door { $name }
banking-held-reason = Waarom
banking-held-reason-hint = Alleen nodig om het te boeken hoewel een nummer ontbreekt, of om het weg te gooien.
banking-held-again = Opnieuw proberen
banking-held-accept = Boeken hoewel een nummer ontbreekt
banking-held-discard = Weggooien
banking-held-decided = Klaar.

banking-waiting-title = Wat op iemand wacht
banking-waiting = { $count ->
    [one] 1 lijn wacht op iemand
   *[other] { $count } lijnen wachten op iemand
}
banking-none-waiting = Er wacht niets
banking-none-waiting-next = Elke lijn van de bank heeft haar plaats gekregen.
banking-who = Van of naar
banking-nobody = Onbekend
banking-date = Datum
banking-why = Waarom
banking-amount = Bedrag
banking-do = Doen
banking-settle = Toewijzen

banking-latest = Laatste uittreksels
banking-all-statements = Alle uittreksels
banking-no-files = Er is nog geen bankbestand ingelezen
banking-no-files-next = Haal een CODA- of CAMT.053-bestand bij uw bank en lees het hierboven in.
banking-statement-column = Uittreksel
banking-statement = uittreksel { $number }
banking-number = nr. { $number }
banking-file = Bestand
banking-old-balance = Beginsaldo
banking-new-balance = Eindsaldo
banking-lines = Lijnen
banking-wait = Wachten
banking-statements-title = Uittreksels
banking-statements-lead = Elk uittreksel begint waar het vorige van dezelfde rekening eindigde.
banking-chain = Keten
banking-follows = Sluit aan
banking-breaks = Sluit niet aan
banking-first = Eerste
banking-pages = Bladeren
banking-newer = Nieuwere
banking-older = Oudere

banking-file-lead = Ingelezen op { $moment } door { $name }.
banking-explained-chip = Totaal, met zijn details
banking-detail-of-total = Detail van een totaal in dit uittreksel.
banking-details-of-statement = Details die dit bestand bracht voor totalen van dit afschrift. Geen geld op zich.
banking-outcome = Wat ermee gebeurde
banking-outcome-booked = Geboekt
banking-outcome-suspense = Wacht op iemand
banking-outcome-detailed = Totaal
banking-settled-chip = Toegewezen
banking-settled-by = door { $name }, { $moment }

banking-imported = Wat er met uw bestanden gebeurde
banking-imported-lead = { $count ->
    [one] U stuurde 1 bestand.
   *[other] U stuurde { $count } bestanden.
}
banking-imported-waiting = { $count ->
    [one] 1 lijn wacht op u: wijs ze toe.
   *[other] { $count } lijnen wachten op u: wijs ze toe.
}
banking-state-imported = Ingelezen
banking-state-known = Al gekend
banking-state-refused = Geweigerd
banking-state-held = Vastgehouden
banking-state-discarded = Weggegooid
banking-state-why-imported = Alles in dit bestand is geboekt.
banking-state-why-known = Alles in dit bestand was al geboekt. Er is niets veranderd.
banking-state-why-refused = Er klopt iets niet. Niets van dit bestand is geboekt. Hieronder staat wat er staat en wat er had moeten staan.
banking-state-why-held = Het klopt, maar het sluit niet aan op het laatste uittreksel. Er is nog niets van geboekt: dat gebeurt vanzelf zodra binnenkomt wat ontbreekt.
banking-state-why-discarded = Het is niet geboekt en wacht niet meer. De inhoud blijft bewaard.
banking-known-since = Het kwam binnen op { $moment }.
banking-known = al gekend
banking-file-open = Open het bestand
banking-problems = { $count ->
    [one] 1 fout in het bestand
   *[other] { $count } fouten in het bestand
}
banking-problem-line = Regel
banking-problem-record = Record
banking-problem-field = Veld
banking-problem-found = Er staat
banking-problem-expected = Verwacht
banking-problem-whole = Bestand
banking-left-out = En nog { $count } andere.
banking-warnings = Het geld klopt, maar kijk dit eens na:
banking-explained-lead = Deze details leggen totalen uit die wachtten. Het geld stond al op de rekening; het is nu per detail geplaatst.
banking-explained = Totaal van { $amount } van { $on }: { $details ->
    [one] 1 detail
   *[other] { $details } details
}
banking-statements-of-file = Uittreksels in dit bestand
banking-booked = { $lines ->
    [one] 1 lijn gelezen
   *[other] { $lines } lijnen gelezen
}{ $suspense ->
    [0] , alles geboekt
    [one] , waarvan 1 op iemand wacht
   *[other] , waarvan er { $suspense } op iemand wachten
}
banking-back = Terug naar de bank

banking-settle-title = Een lijn toewijzen
banking-settle-line = Dit kwam binnen
banking-structured = Mededeling (OGM)
banking-free = Mededeling
banking-loan = Lening
banking-loan-hint = Het nummer, zoals L-2026-00012, of de mededeling van de lening.
banking-no-loans = Dit fonds heeft nog geen leningen.
banking-reason = Waarom
banking-reason-hint = Voor wie het later nakijkt: hoe weet u dit?
banking-settle-do = Toewijzen
banking-settle-not = Nu niet
banking-settled = Toegewezen aan { $loan }. De betaling telt vanaf de dag waarop de bank ze kreeg.

loan-named-missing = Zeg voor welke lening dit is: haar nummer of haar mededeling.
loan-named-unknown = Er is geen lening “{ $value }”. Schrijf het nummer, zoals L-2026-00012, of de mededeling van 12 cijfers.
