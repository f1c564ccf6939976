# De pagina Fondsen.

funds-lead = Waar elk fonds stond op het einde van { $day }.
funds-on = Op datum
funds-show = Tonen
funds-today = Naar vandaag
funds-day-wrong = “{ $value }” is geen datum. Schrijf ze zoals 16/10/2026.
funds-day-after-today = Deze datum ligt na vandaag. Kies { $today } of vroeger; hieronder ziet u vandaag.
funds-none = Er is nog geen fonds
funds-none-next = Een fonds wordt geopend als het huis wordt ingericht. Vraag het aan wie het Energiehuis beheert.

funds-free = Vrij om uit te lenen
funds-outstanding = Uitgeleend
funds-committed = Beloofd
funds-cash = Op de bank
funds-undrawn = Krediet dat nog kan worden opgevraagd
funds-owed = Van anderen
funds-contractors = Facturen die de bank nog moet betalen
funds-due = Terug naar geldgevers
funds-unmatched = Geld waarvan de eigenaar niet bekend is
funds-overpaid = Te veel betaald door gezinnen
funds-formula = op de bank + krediet dat nog kan worden opgevraagd − beloofd − van anderen.
funds-formula-why = Beloofd is goedgekeurd en nog niet opgenomen. Van anderen is geld op de rekening dat al een bestemming heeft. Elk bedrag komt uit de boekhouding en elke beweging op de bank uit een uittreksel; niets wordt met de hand ingevuld.

funds-chart-title = { $fund }: wat er vrij is en wat er uitstaat, per maand
funds-chart-span = Per maandeinde, van { $from } tot { $until }. Op het einde:
funds-chart-table = De grafiek als tabel
funds-month-end = Einde van
funds-no-chart = De grafiek begint zodra het fonds twee maanden bestaat.
funds-sum = Zo komen we aan dit bedrag
funds-what = Wat
funds-amount = Bedrag
funds-outstanding-note = Gezinnen moeten het fonds nog { $amount } terugbetalen.

funds-sources = Waar het geld vandaan komt
funds-no-sources = Dit fonds heeft nog geen geldbron
funds-no-sources-next = Zonder geldbron kan het fonds niets beloven. Vraag het aan wie het Energiehuis beheert.
funds-funder = Geldgever
funds-ceiling = Plafond
funds-received = Gestort
funds-room = Nog te beloven
funds-to-pass-on = Door te storten
funds-kind-credit_line = Kredietlijn
funds-kind-grant = Subsidie
funds-kind-own_means = Eigen middelen
funds-revolves = blijft in het fonds
funds-passes-on = gaat terug naar de geldgever
funds-pass-on-within = { $days ->
    [one] terug binnen 1 dag
   *[other] terug binnen { $days } dagen
}
funds-until = tot { $day }
funds-undrawn-of = { $amount } niet opgevraagd
funds-ordered = waarvan { $amount } in opdracht
funds-pass-on = Geef opdracht om { $amount } door te storten
funds-pass-on-help = Er komt één betaalopdracht per geldgever. Het geld gaat pas van het fonds af als de bank betaald heeft.
funds-to-order = Nog door te storten: { $amount }. De boekhouding geeft daarvoor de opdracht.
funds-all-ordered = Opdracht gegeven voor { $amount }; wacht op de bank.
funds-nothing-due = Er is nu niets door te storten.
funds-passed-on = { $count ->
    [one] 1 betaalopdracht gemaakt, { $sum }.
   *[other] { $count } betaalopdrachten gemaakt, samen { $sum }.
}
