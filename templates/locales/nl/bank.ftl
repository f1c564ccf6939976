bank-reason-loan-reference = Betaling op een lening, met de mededeling van die lening.
bank-reason-loan-reference-rebuilt = Betaling op een lening. De bank heeft de mededeling zelf uit de vrije tekst gehaald.
bank-reason-loan-reference-in-text = Betaling op een lening. De mededeling van de lening staat in de vrije tekst.
bank-reason-source-reference = Geld van een geldgever, met de mededeling van zijn financiering.
bank-reason-source-reference-in-text = Geld van een geldgever. De mededeling van zijn financiering staat in de vrije tekst.
bank-reason-order-executed = De bank heeft onze betaalopdracht uitgevoerd.
bank-reason-bank-charge = Kosten of interest van de bank.
bank-reason-details-booked = Totaal. De details eronder zijn geboekt.
bank-reason-nothing-to-book = Bedrag van 0,00. Er valt niets te boeken.
bank-reason-opening-balance = Dit saldo stond al op de rekening vóór het eerste uittreksel. Zeg van wie het is.
bank-reason-no-reference = Geen mededeling. Zoek op naam of bedrag van wie dit is.
bank-reason-unknown-reference = De mededeling klopt, maar is niet van een lening of geldgever van ons.
bank-reason-reconstituted-reference-unknown = De bank heeft zelf een mededeling samengesteld, en die is niet van ons.
bank-reason-invalid-reference = De controlecijfers van de mededeling kloppen niet. Waarschijnlijk is er een cijfer fout.
bank-reason-two-references = Er staan twee mededelingen van ons in. Kies voor welke dit is.
bank-reason-loan-number-in-text = Geen mededeling, maar de tekst noemt een lening. Kijk na of het klopt.
bank-reason-reference-of-another-fund = De mededeling hoort bij een ander fonds. Het geld staat op de verkeerde rekening.
bank-reason-loan-repaid = De lening is al volledig terugbetaald.
bank-reason-nothing-drawn = Op deze lening is nog niets opgenomen. Er valt nog niets terug te betalen.
bank-reason-before-signature = De betaling is van vóór de handtekening van de lening.
bank-reason-more-than-claimable = Dit is meer dan nu gevraagd kan worden. Een lening met interest vraagt eerst een nieuw aflossingsplan.
bank-reason-loan-refuses = Deze betaling past niet bij de lening. Kijk de lening na.
bank-reason-source-paid-too-much = De geldgever betaalt meer dan hij toegezegd heeft.
bank-reason-debit-without-order = Geld gaat van de rekening zonder betaalopdracht van ons.
bank-reason-amount-differs-from-order = De bank heeft een ander bedrag betaald dan onze opdracht.
bank-reason-order-already-paid = Deze opdracht was al betaald. Misschien is er twee keer betaald.
bank-reason-order-of-another-fund = De opdracht was voor de rekening van een ander fonds.
bank-reason-payment-returned = Een betaling van ons is teruggekomen, en het is niet zeker welke.
bank-reason-returned-other-amount = Een betaling van ons kwam terug met een ander bedrag dan de opdracht.
bank-reason-order-returned-before = Een betaling van ons kwam terug die al teruggekomen was.
bank-reason-order-returned = Een betaling van ons kwam terug. De opdracht wacht weer.
bank-reason-between-own-accounts = Overschrijving tussen eigen rekeningen.
bank-reason-total-without-details = Totaal zonder details. Vraag het bestand met de details aan de bank.

bank-problem-file = Bestand: er staat {$found}; verwacht is {$expected}.
bank-problem-line = Regel {$line}: er staat {$found}; verwacht is {$expected}.
bank-problem-record = Regel {$line}, record {$record}, {$field}: er staat {$found}; verwacht is {$expected}.
bank-problem-element = Regel {$line}, {$element}: er staat {$found}; verwacht is {$expected}.
bank-problem-account-unknown = Uittreksel {$sequence} is van rekening {$account}. Dat is van geen enkel fonds de rekening. Neem een bestand van de rekening van een fonds.
bank-problem-currency = Uittreksel {$sequence} is in {$currency}. Een fonds heeft een rekening in EUR.
bank-problem-no-total-waits = {$fund}: er wacht geen totaal van {$amount}, geboekt op {$on}, op details, dus {$count ->
    [one] 1 detail ervan kan
   *[other] { $count } details ervan kunnen
} niet geplaatst worden. Lees eerst het afschrift van die dag in.
bank-problem-total-was-settled = Iemand heeft op dit eigenste moment een totaal afgehandeld dat dit bestand uitlegt. Lees het bestand opnieuw in.
bank-problem-after-today = Uittreksel {$sequence} heeft een datum van {$on}, na vandaag ({$today}). Neem het bestand op die dag.
bank-problem-balance-breaks = {$fund}: uittreksel {$sequence} van {$on} begint met {$found}, maar uittreksel {$last} van {$lastOn} eindigde op {$expected}. Na {$last} komt {$expectedSequence}. Neem eerst het bestand dat ontbreekt.
bank-problem-number-missing = {$fund}: uittreksel {$sequence} van {$on} volgt niet op uittreksel {$last} van {$lastOn}: verwacht was {$expectedSequence}. De saldi sluiten wel aan ({$expected}). Neem eerst het bestand dat ontbreekt.
bank-problem-earlier-than-last = {$fund}: uittreksel {$sequence} van {$on} is ouder dan het laatste, uittreksel {$last} van {$lastOn} (saldo {$expected}; dit begint met {$found}). Verwacht was {$expectedSequence}.
bank-problem-differs-between-formats = {$fund}: afschrift {$sequence} van {$on} gaat van {$old} naar {$new}, maar hetzelfde afschrift kwam al binnen als {$format} (bestand {$file}) en gaat van {$knownOld} naar {$knownNew}. Vraag de bank welk van de twee juist is.
bank-problem-period-closed = {$fund}: uittreksel {$sequence} van {$on} is van een dag die afgesloten is. De eerste open dag is {$open}.

bank-held-reason-missing = Zeg waarom, in enkele woorden.
bank-settle-reason-missing = Schrijf waarom u zo beslist.
bank-settle-not-in-suspense = Deze lijn wacht niet op een beslissing: ze is al geboekt.
bank-settle-already = Deze lijn is al toegewezen.
bank-settle-money-out = Dit is geld dat van de rekening ging ({$amount}). Alleen geld dat binnenkwam kan naar een lening.
bank-settle-other-fund = Lening {$number} is van een ander fonds. Het geld staat op de rekening van dit fonds.

job-bank_folder = Bankbestanden inlezen
jobs-report-bank-folder = { $imported ->
    [one] 1 bankbestand ingelezen
   *[other] { $imported } bankbestanden ingelezen
}, { $known } al gekend, { $held } vastgehouden, { $refused } geweigerd, { $left } bewaard voor de volgende keer.
jobs-report-bank-folder-nothing = Er lag geen bankbestand in de bewaakte map, of er wordt geen map bewaakt.
