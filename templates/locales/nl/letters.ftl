# De pagina Brieven.

message-queued = Klaar om te versturen
message-sent = Verstuurd
message-failed = Niet verstuurd

letter-rule-first_reminder = Gratis eerste herinnering

letters-tile-queued = klaar om te versturen
letters-tile-sent = verstuurd
letters-tile-failed = niet verstuurd: kijk na
letters-lead = Elke mail met brief die het Energiehuis schrijft, met wat ermee gebeurde.
letters-none = Er zijn nog geen brieven
letters-none-next = De eerste brief komt vanzelf, als een gezin een aflossing mist en de taak “Achterstallen opvolgen” loopt.
letters-none-here = Geen brieven met deze status
letters-none-here-next = Kies een andere status om de andere brieven te zien.
letters-count = { $count ->
    [one] 1 brief
   *[other] { $count } brieven
}
letters-newest = (de nieuwste; kies een status om verder te zoeken)
letters-letter = Brief
letters-recipient = Voor
letters-loan = Lening
letters-written = Geschreven op
letters-state = Status
letters-filter = Tonen
letters-document = PDF
letters-open = Bekijken
letters-no-document = Geen
letters-attempts = { $count } pogingen
letters-error = Laatste fout (melding van de mailserver)
