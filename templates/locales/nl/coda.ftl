# Bankbestanden: wat de lezer erin vond en wat hij verwachtte.

coda-as-is = { $text }
coda-one-of = { $firsts } of { $last }
coda-record-unknown = onbekend
coda-positions = { $count ->
    [one] 1 positie
   *[other] { $count } posities
}
coda-digits = { $count ->
    [one] 1 cijfer
   *[other] { $count } cijfers
}
coda-control-character = het stuurteken { $code } op positie { $position }
coda-printable-only = alleen leesbare tekens
coda-known-record = een record dat begint met 0, 1, 21, 22, 23, 31, 32, 33, 4, 8 of 9
coda-date = een datum als dag, maand, jaar (DDMMJJ)
coda-amount = 15 cijfers, de laatste drie decimalen
coda-thousandths = { $euros },{ $rest }
coda-whole-cents = een bedrag in hele centen
coda-sign = 0 (credit) of 1 (debet)
coda-application-code = 05, zoals in elk CODA-bestand
coda-three-letters = drie letters, zoals EUR
coda-account-number = een rekeningnummer waarvan de controlecijfers kloppen
coda-transaction-type = een eerste cijfer van 0 tot 9, maar geen 4: dat staat in geen enkele tabel van de standaard
coda-as-in-record-before = { $number }, zoals in het record { $record } ervoor
coda-as-in-record-1 = { $account }, zoals in record 1
coda-communication = een gestructureerde mededeling (type 101) waarvan de controlecijfers kloppen
coda-rebuilt-communication = een gestructureerde mededeling die de bank zelf samenstelde (type 102), waarvan de controlecijfers kloppen
coda-nothing-after = geen record meer hierna
coda-trailer = een record 9 aan het einde van het uittreksel
coda-nothing = niets
coda-file = een CODA-bestand, dat begint met 00000 en de datum
coda-first-line = een eerste regel die begint met { $start }
coda-old-layout = “1”, de indeling van voor 2007
coda-version-2 = 2; vraag CODA versie 2 aan de bank
coda-after-record = dit record na een record { $record }
coda-a-record = een record { $record }
coda-record-0-or-end = een record 0, of het einde van het bestand
coda-for-record-follows = { $code }, want er volgt een record { $record }
coda-last-of-group = 0, want dit record is het laatste van zijn groep
coda-no-record-or-before = 0, of een record { $continuation } voor het record { $record } dat volgt
coda-records-counted = { $count }, de records 1, 2, 3 en 8 van dit uittreksel
coda-sum-of-debits = { $amount }, de som van de debetbewegingen
coda-sum-of-credits = { $amount }, de som van de creditbewegingen
coda-old-balance-and-movements = { $amount }, het beginsaldo { $old } en bewegingen van { $moved } samen
coda-says-more = 1 (er volgt nog een uittreksel)
coda-says-last = 2 (het laatste uittreksel)
coda-says-neither = geen 1 en geen 2
coda-more-follows = 1, want er volgt nog een uittreksel
coda-none-follows = 2, want er volgt geen uittreksel meer
coda-total-before = een totaal van type { $type } ervoor, met hetzelfde volgnummer
coda-sum-of-details = { $count ->
    [one] { $amount }, het bedrag van het enige detail
   *[other] { $amount }, de som van de { $count } details
}
coda-nothing-more = niets na de posities van haar type
coda-level-closed = een latere record van deze verrichting met de code { $code }, die het niveau van details sluit

coda-field-account = rekening
coda-field-account-structure = soort rekeningnummer
coda-field-amount = bedrag
coda-field-application-code = toepassingscode
coda-field-coda-sequence-number = CODA-volgnummer
coda-field-communication = mededeling
coda-field-communication-type = soort mededeling
coda-field-creation-date = aanmaakdatum
coda-field-credit-total = totaal credit
coda-field-currency = munt
coda-field-debit-total = totaal debet
coda-field-detail-number = detailnummer
coda-field-end = einde
coda-field-entry-date = boekdatum
coda-field-globalisation-code = globalisatiecode
coda-field-identification = soort record
coda-field-length = lengte
coda-field-link-code = koppelcode
coda-field-multiple-file-code = code voor meer uittreksels
coda-field-new-balance = eindsaldo
coda-field-new-balance-date = datum eindsaldo
coda-field-next-code = vervolgcode
coda-field-number-of-records = aantal records
coda-field-old-balance = beginsaldo
coda-field-old-balance-date = datum beginsaldo
coda-field-order = volgorde
coda-field-sequence-and-detail-number = volg- en detailnummer
coda-field-sequence-number = volgnummer
coda-field-sign = teken
coda-field-sign-of-the-new-balance = teken van het eindsaldo
coda-field-sign-of-the-old-balance = teken van het beginsaldo
coda-field-text = tekst
coda-field-transaction-code = verrichtingscode
coda-field-value-date = valutadatum
coda-field-version = versie
