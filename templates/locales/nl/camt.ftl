# CAMT-bestanden: wat de lezer erin vond en wat hij verwachtte.

bank-file-of-a-known-format = een CODA-bestand, dat begint met 00000 en de datum, of een CAMT.053- of CAMT.054-bestand (XML)

camt-nothing = niets
camt-character-set = de tekenset { $name }
camt-known-character-set = een tekenset die bestaat, zoals UTF-8
camt-foreign-byte = een byte die geen tekst is
camt-text-in = tekst in { $name }
camt-no-namespace = geen naamruimte
camt-other-namespace = de naamruimte { $name }
camt-namespace = urn:iso:std:iso:20022:tech:xsd:camt.053.001 of camt.054.001, versie 02, 03, 04, 06 of 08
camt-body = { $name }, zoals in { $message }
camt-no-root = geen enkel element
camt-message-of-iso = een bericht van ISO 20022
camt-second-root = een tweede document
camt-one-root = één document en niets eromheen
camt-dtd = een documenttypedefinitie (DOCTYPE)
camt-no-dtd = geen: een bankbestand heeft er geen, en wat ze bepaalt wordt niet gelezen
camt-entity = de entiteit &{ $name };
camt-five-entities = alleen de vijf van XML: amp, lt, gt, quot, apos
camt-too-deep = meer dan { $most } elementen in elkaar
camt-attribute = een attribuut dat niet te lezen is ({ $detail })
camt-cut-off = een tag die niet eindigt
camt-well-formed = welgevormde XML
camt-closing-tag = </{ $name }>
camt-end-of-file = het einde van het bestand
camt-control-character = het stuurteken { $code }
camt-no-statement = geen afschrift
camt-a-statement = een afschrift van een rekening (Stmt of Ntfctn)
camt-page = bladzijde { $number }, { $last ->
    [yes] de laatste
   *[no] en er volgen er meer
}
camt-whole = het hele afschrift in één bestand: vraag het de bank zonder bladzijden
camt-account = een rekening, als IBAN of als ander nummer
camt-opening-balance = een beginsaldo (OPBD, of PRCD)
camt-closing-balance = een eindsaldo (CLBD)
camt-currency-of-account = { $currency }, de munt van de rekening
camt-no-currency = geen munt
camt-amount = een bedrag in cijfers met een punt en zonder teken, zoals 1234.50
camt-amount-not-so-large = een bedrag onder 1.000.000.000.000
camt-credit-or-debit = CRDT of DBIT
camt-date = een datum zoals 2026-10-16, of een moment zoals 2026-10-16T08:00:00
camt-count = een getal
camt-status = BOOK, PDNG of INFO
camt-not-booked = BOOK; het wordt getoond en is nog geen geld
camt-taken-as = een boekdatum; { $on } geldt ervoor
camt-no-amount = niet elk bedrag, of bedragen van voor de kosten
camt-amount-of-each = { $count ->
    [one] het bedrag van zijn verrichting; alleen het totaal wordt bewaard
   *[other] het bedrag van elk van de { $count } verrichtingen; alleen het totaal wordt bewaard
}
camt-transactions-counted = { $count }, de verrichtingen die erin staan
camt-entries-counted = { $count }, de geboekte posten van dit afschrift
camt-sum-of-entries = { $amount }, de som van de geboekte posten
camt-communication = een gestructureerde mededeling (12 cijfers) met juiste controlecijfers
camt-creditor-reference = een crediteurreferentie (RF) met juiste controlecijfers
