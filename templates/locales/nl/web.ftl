# De pagina's: woorden voor codes, koppen van tabellen, en wat er op elke pagina staat.

days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagen
}
on-day = op { $day }
timeline = Wat er gebeurd is

home-title = Wat op u wacht
home-oldest = { $days ->
    [0] Het gezin dat het langst op een antwoord of contract wacht, vroeg het vandaag aan.
    [one] Het gezin dat het langst wacht op een antwoord of een contract, wacht 1 dag.
   *[other] Het gezin dat het langst wacht op een antwoord of een contract, wacht { $days } dagen.
}
home-nothing = Er wacht niets op u
home-nothing-next = Alles is afgewerkt. In het menu vindt u de dossiers.
home-to-vote = { $count ->
    [one] aanvraag wacht op uw stem
   *[other] aanvragen wachten op uw stem
}
home-to-decide = { $count ->
    [one] aanvraag zonder beslissing
   *[other] aanvragen zonder beslissing
}
home-to-sign = { $count ->
    [one] goedgekeurde aanvraag zonder contract
   *[other] goedgekeurde aanvragen zonder contract
}
home-invoices = { $count ->
    [one] factuur wacht op een beslissing
   *[other] facturen wachten op een beslissing
}
home-suspense = { $count ->
    [one] banklijn waarvan we niet weten voor wie ze is
   *[other] banklijnen waarvan we niet weten voor wie ze zijn
}
home-releases = { $count ->
    [one] betaalronde wacht op uw vrijgave
   *[other] betaalrondes wachten op uw vrijgave
}
home-collection-files = { $count ->
    [one] bestand met inningen wacht op een tweede persoon
   *[other] bestanden met inningen wachten op een tweede persoon
}
home-returns = { $count ->
    [one] inning kwam terug en wacht op iemand
   *[other] inningen kwamen terug en wachten op iemand
}
home-orders = { $count ->
    [one] betaalopdracht die de bank nog niet uitvoerde
   *[other] betaalopdrachten die de bank nog niet uitvoerde
}
home-overdue = { $count ->
    [one] lening met een achterstand van { $sum }
   *[other] leningen met een achterstand van samen { $sum }
}
home-failed-jobs = { $count ->
    [one] taak is mislukt
   *[other] taken zijn mislukt
}
home-failed-letters = { $count ->
    [one] brief raakte niet verzonden
   *[other] brieven raakten niet verzonden
}

form-optional = niet verplicht
form-choose = Kies
form-all = Alle
form-filter = Tonen
form-problems = Dit moet nog in orde komen
form-amount-hint = Bijvoorbeeld 1.234,50
form-amount-wrong = Vul een bedrag in, zoals 1.234,50.
form-date-wrong = Vul een datum in, zoals 16/10/2026.

frame-crumbs = Kruimelpad

field-state = Status
field-product = Soort lening
field-municipality = Gemeente
field-number = Nummer
field-family = Gezin
field-amount = Bedrag
field-rules = Regels
field-waiting = Wachttijd
field-works = Werken
field-contractor = Aannemer
field-valid-until = Geldig tot
field-total = Samen
field-person = Persoon
field-kind = Soort
field-year = Jaar
field-funder = Geldgever
field-committed = Beloofd
field-left = Nog niet opgenomen
field-reason = Reden
field-born-on = Geboren op
field-insz = Rijksregisternummer
insz-masked = Verborgen; eindigt op { $tail }
field-email = E-mail
field-phone = Telefoon
field-address = Adres
field-built-in = Bouwjaar
field-bought-on = Gekocht op
field-epc = Energielabel
field-fund = Fonds
field-maker = Ingevoerd door
field-show = Welke leningen
field-borrower = Lener
field-principal = Geleend
field-outstanding = Nog te betalen
field-overdue = Te laat
field-drawn = Opgenomen
field-repaid = Terugbetaald
field-overpaid = Te veel betaald
field-no = Nr.
field-due-on = Vervaldag
field-paid = Betaald
field-open = Open
field-date = Datum
field-enterprise-number = Ondernemingsnummer
field-account = Rekening
field-debit = Debet
field-credit = Credit
field-ogm = Gestructureerde mededeling
field-application = Aanvraag
field-counterparty = Van of naar
field-why = Waarom
field-do = Actie
field-file = Bestand
field-received = Binnengekomen
field-until = Tot en met
field-statements = Uittreksels
field-lines = Lijnen
field-suspense = Wachten nog
field-outcome = Wat ermee gebeurde
field-communication = Mededeling
field-creditor = Begunstigde
field-iban = Rekeningnummer
field-for = Voor
field-ordered-on = Besteld op
field-letter = Brief
field-written = Geschreven
field-document = Document
field-job = Taak
field-next-due = Volgende keer
field-last-run = Laatste keer
field-for-date = Voor de dag
field-finished = Klaar om
field-report = Verslag
field-ceiling = Plafond
field-what = Wat

product-emergency_buyer = Noodkooplening
product-rolling_fund = Rollend fonds
product-energy_loan = Energielening
product-renovation_loan = Mijn VerbouwLening

state-submitted = Te beslissen
state-approved = Goedgekeurd
state-refused = Geweigerd
state-withdrawn = Ingetrokken
state-signed = Getekend

outcome-eligible = Voldoet
outcome-not_eligible = Voldoet niet
outcome-incomplete = Onvolledig
met-met = In orde
met-not_met = Niet in orde
met-missing = Nog onbekend

vote-approve = Voor
vote-refuse = Tegen
person-applicant = aanvrager
person-co_applicant = medeaanvrager
income-joint_taxable = Gezamenlijk belastbaar inkomen
income-gross = Bruto-inkomen
income-benefit = Uitkering
income-other = Ander inkomen
source-credit_line = Kredietlijn
source-grant = Subsidie
source-own_means = Eigen middelen
source-revolves = komt terug in het fonds
source-passes-on = gaat terug naar de geldgever
door-page = via deze pagina's
door-api = via een ander programma
door-csv = via een lijst
door-demo = via de demonstratie
work-energy = bespaart energie
work-structural = herstelt een gebrek

applications-lead = Wie op een antwoord wacht, staat bovenaan: het langst wachtende gezin eerst.
applications-lead-mine = Deze aanvragen wachten op uw stem, het langst wachtende gezin eerst.
applications-all = Toon alle aanvragen
applications-count = { $count ->
    [one] 1 aanvraag
   *[other] { $count } aanvragen
}
applications-none = Geen aanvragen gevonden
applications-none-next = Kies een andere status of gemeente, of voer een nieuwe aanvraag in.
application-new = Nieuwe aanvraag
application-votes-so-far = { $count ->
    [one] 1 stem
   *[other] { $count } stemmen
}
application-to-loan = Naar lening
application-applied-on = aangevraagd op { $day }
application-instalments = in { $count } maandelijkse aflossingen
application-quoted = Samen volgens de offertes
application-waits = Het gezin wacht
application-waited = Het gezin wachtte
application-since = sinds { $moment }
application-verdict = Wat de regels zeggen
application-judged-on = volgens de regels van { $day }
application-rule-since = sinds { $day }
application-no-verdict = Bij deze aanvraag is geen oordeel bewaard.
application-quotes = Werken en offertes
application-quote-expired = Vervallen
application-incomes = Inkomens
application-commitment = Beloofd geld
application-vote = Uw stem
application-vote-help = Twee leden van het comité stemmen. Wie het dossier maakte, stemt niet mee. Met de tweede stem voor is het geld beloofd.
application-reason-hint = Nodig als u weigert: het gezin mag weten waarom.
application-approve = Goedkeuren
application-refuse = Weigeren
application-cannot-approve = Aan een regel is niet voldaan, of er ontbreekt nog iets. Goedkeuren kan daarom nog niet.
application-sign = Contract
application-sign-help = Het geld is beloofd. Laat de lener het contract tekenen en bevestig het hier.
sign-day = Dag van ondertekening
sign-day-hint = Leeg is vandaag.
sign-share = Het contract geeft het fonds { $share } van een meerwaarde.
sign-value = Waarde vóór de werken
sign-valued-by = Wie schatte, en wanneer
sign-valued-by-hint = Zoals: landmeter Peeters, verslag van 12 maart 2026
sign-grace = Maanden tot de eerste aflossing
sign-grace-help = Leeg is wat gewoon is; hoogstens { $most }.
application-sign-do = Contract is getekend
application-votes = Stemmen
application-no-votes = Er is nog niet gestemd.
application-refused-because = Geweigerd omdat:
application-people = Mensen
application-dwelling = Woning
application-withdraw = Aanvraag intrekken
application-withdraw-help = Het gezin ziet ervan af. Beloofd geld komt weer vrij.
application-withdraw-do = Intrekken
commitment-left = nog { $left } van { $committed }

loans-lead = Elke lening, met wat er nog terug te betalen is.
loans-count = { $count ->
    [one] 1 lening
   *[other] { $count } leningen
}
loans-none = Geen leningen gevonden
loans-none-next = Kies een andere filter. Een lening begint als een goedgekeurde aanvraag getekend is.
loans-show-overdue = Met een achterstand
loans-show-invoices = Met een factuur die wacht
loan-status-signed = Getekend
loan-status-drawing = Werken bezig
loan-status-repaying = Lost af
loan-status-waiting = Nog niet opeisbaar
loan-status-called_due = Opgeëist
loan-status-closed = Afgesloten
loan-overdue = Te laat
loan-signed-on = getekend op { $day }
loan-undrawn = nog { $amount } op te nemen
loan-schedule = Aflossingen
loan-schedule-once = Terugbetaling
loan-schedule-paid = { $count ->
    [one] 1 betaalde aflossing
   *[other] { $count } betaalde aflossingen
}
loan-schedule-now = Wat nu telt
loan-schedule-later = { $count ->
    [one] Daarna nog 1 aflossing
   *[other] Daarna nog { $count } aflossingen
}
loan-schedule-planned = Dit is het plan van het contract. De aflossingen beginnen te lopen als de werken klaar zijn.
loan-no-date = Deze lening heeft geen vervaldag. Ze komt terug als de woning verkocht wordt of de eigenaar overlijdt.
loan-invoices = Facturen en betalingen
loan-no-invoices = Er is nog geen factuur.
loan-ledger = Boekingen
loan-no-ledger = Er is nog niets geboekt.
loan-terms = Contract
loan-matures-on = Vervalt op
loan-called = Opgeëist
loan-draws-closed-on = Opnames afgesloten op
loan-facts = Levensloop
loan-earlier-payments = { $count } eerdere betalingen, samen { $sum }
loan-no-letters = Er is nog geen brief vertrokken.
instalment-paid = Betaald
instalment-open = Open
instalment-overdue = Te laat
instalment-planned = Gepland
trigger-moved_out = Verhuisd
trigger-other_property_acquired = Ander onroerend goed
trigger-rights_transferred = Woning verkocht of geschonken
trigger-rights_established = Zakelijk recht gevestigd
trigger-death = Overlijden
fact-signed = Contract getekend
fact-tranche_drawn = Schijf opgenomen
fact-draws_closed = Opnames afgesloten
fact-payment_received = Betaling ontvangen
fact-payment_reversed = Betaling teruggedraaid
fact-called_due = Lening opgeëist

invoice-received = De factuur is ingevoerd. Een lid van het comité keurt ze goed of weigert ze.
invoice-approved = De factuur is goedgekeurd. De betaalopdracht staat klaar.
invoice-refused = De factuur is geweigerd.
invoice-approve = Goedkeuren
invoice-refuse = Weigeren
invoice-enter = Factuur invoeren
invoice-enter-do = Factuur bewaren
invoice-quote = Offerte
invoice-quote-missing = Kies de offerte waarvoor de factuur is.
invoice-number = Factuurnummer
invoice-date = Factuurdatum
invoice-reference = Mededeling voor de aannemer
draws-close = De werken zijn klaar
draws-close-help = Wat nog beloofd is ({ $amount }), komt vrij voor een ander gezin. De aflossingen beginnen te lopen. Dit kan niet ongedaan gemaakt worden.
draws-close-do = Opnames afsluiten
draws-closed = De opnames zijn afgesloten.

account-cash_at_bank = Bank
account-loans_receivable = Uitstaande leningen
account-contractors_payable = Te betalen aan aannemers
account-owed_to_funder = Opgenomen kredietlijn
account-due_to_funder = Door te storten aan geldgever
account-unmatched_receipts = Onbekende ontvangsten
account-unexplained_payments = Onverklaarde betalingen
account-borrower_overpayments = Te veel betaald door leners
account-grants = Subsidies
account-own_means = Eigen middelen
account-fee_income = Vergoedingen
account-bank_charges = Bankkosten
account-write_off_loss = Afschrijvingen
account-provision = Voorziening

letter-first_reminder = Eerste herinnering
letter-pdf = Brief bekijken (pdf)
letter-attempts = { $count } pogingen

jobs-planned = Geplande taken
jobs-no-runs = Er is nog geen taak gelopen
jobs-no-runs-next = De eerste loopt op het uur hierboven, of nu als u op de knop drukt.
job-never = nog nooit
job-run = Nu uitvoeren
job-asked = De taak is gevraagd. Ze begint binnen een minuut.

fund-free = Vrij om uit te lenen
fund-outstanding = Uitgeleend aan gezinnen
fund-cash = Op de bank
fund-committed = Vastgelegd, nog niet opgenomen
fund-undrawn = Kredietlijnen die nog open staan
fund-contractors = Te betalen aan aannemers
fund-due = Door te storten aan geldgevers
fund-unmatched = Ontvangen, onbekend van wie
fund-overpaid = Te veel betaald door leners
fund-sum = Zo komen we aan wat vrij is
fund-sources = Waar het geld vandaan komt
fund-received = Al gekregen
fund-chart-title = { $fund }: uitgeleend, op de bank en vastgelegd, maand per maand
fund-chart-table = Dezelfde cijfers als tabel
fund-pass-on = Stort { $amount } door aan de geldgever
fund-passed-on = { $count ->
    [0] Er was niets door te storten.
    [one] Er staat 1 betaalopdracht klaar.
   *[other] Er staan { $count } betaalopdrachten klaar.
}

entry-funding_received = Geld van de geldgever
entry-tranche_approved = Factuur goedgekeurd
entry-contractor_paid = Aannemer betaald
entry-payment_received = Betaling van de lener
entry-payment_reversed = Betaling teruggedraaid
entry-passed_on_due = Door te storten
entry-passed_to_funder = Doorgestort aan de geldgever
entry-receipt_unmatched = Ontvangst van onbekende
entry-receipt_allocated = Ontvangst toegewezen
entry-overpayment_refunded = Te veel betaald teruggegeven
entry-fee_received = Vergoeding ontvangen
entry-bank_charge = Bankkosten
entry-entry_reversed = Boeking teruggedraaid

invoice-state-received = Te beslissen
invoice-state-approved = Goedgekeurd
invoice-state-refused = Geweigerd

deed-application-submitted = Aanvraag ingediend
deed-application-voted = Gestemd
deed-application-approved = Aanvraag goedgekeurd
deed-application-refused = Aanvraag geweigerd
deed-application-withdrawn = Aanvraag ingetrokken
deed-application-signed = Contract getekend
deed-loan-signed = Lening getekend
deed-loan-draws-closed = Opnames afgesloten
deed-invoice-received = Factuur ingevoerd
deed-invoice-approved = Factuur goedgekeurd
deed-invoice-refused = Factuur geweigerd

report-loans = leningen
report-signals = signalen
report-reminders = herinneringen
report-letters_to_print = af te drukken
report-claims = vorderingen
report-amount = bedrag
report-sent = verzonden
report-later = later opnieuw
report-failed = mislukt

work-roof = Dak
work-wall_insulation = Muurisolatie
work-floor_insulation = Vloerisolatie
work-glazing = Ramen en glas
work-heating = Verwarming
work-heat_pump = Warmtepomp
work-solar_panels = Zonnepanelen
work-ventilation = Ventilatie
work-electricity = Elektriciteit
work-damp = Vocht
work-structure = Structuur
work-sanitary = Sanitair
work-other = Andere werken

solvency-market_loan_would_fail = Een gewone lening zou niet lukken
solvency-market_loan_is_possible = Een gewone lening is mogelijk
ground-raised_allowance = Verhoogde tegemoetkoming
ground-protected_customer = Beschermde afnemer
ground-debt_mediation = Schuldbemiddeling
ground-ocmw_guidance = Begeleiding door het OCMW
answer-yes = Ja
answer-no = Nee

form-unreadable = Het formulier kon niet gelezen worden. Open de pagina opnieuw en vul het daar in.
field-given-name = Voornaam
field-family-name = Familienaam
field-language = Taal van de brieven
field-street = Straat
field-house-number = Huisnummer
field-box = Bus
field-postcode = Postcode
field-locality = Plaats
field-epc-number = Nummer van het EPC
field-epc-score = EPC-kengetal (kWh/m² per jaar)
field-description = Omschrijving

new-lead = Vul in wat het gezin aanbrengt. De regels van de dag van de aanvraag beoordelen het meteen.
new-what = Wat het gezin vraagt
new-amount = Gevraagd bedrag
new-applied-on = Dag van de aanvraag
new-applied-on-hint = De regels van die dag gelden.
new-instalments = Aantal aflossingen
new-instalments-hint = Alleen voor een energielening of Mijn VerbouwLening.
new-applicant = Aanvrager
new-co-applicant = Medeaanvrager
new-add-co-applicant = Medeaanvrager toevoegen
new-insz-hint = Elf cijfers, zoals 93.05.18-223.61
new-work = Werken { $number }
new-add-work = Werken { $number } toevoegen
new-improves-energy = Bespaart energie
new-structural = Herstelt een gebrek
new-enterprise-hint = Tien cijfers, zoals 0566.988.259
new-iban-hint = Op deze rekening wordt de aannemer betaald.
new-quote-amount = Bedrag van de offerte
new-quoted-on = Datum van de offerte
new-incomes-help = Geef per persoon en per jaar elk inkomen. Wat er niet is, laat u leeg.
new-income = Inkomen { $number }
new-answers = Verklaringen
new-answers-help = Wat u nog niet weet, laat u open. De aanvraag is dan onvolledig tot het bekend is.
new-sole-owner = Volle eigenaar, alleen of samen
new-main-residence = Het is de hoofdverblijfplaats
new-other-real-estate = Heeft ander onroerend goed
new-defects = Er zijn gebreken aan veiligheid, gezondheid of kwaliteit
new-dependants = Personen ten laste
new-solvency = Onderzoek van het OCMW
new-organisation = Ze is voor een organisatie
new-ground = Reden voor voorrang
new-do = Aanvraag indienen
new-cancel = Annuleren
application-submitted = Aanvraag { $number } is ingediend. De regels hebben ze beoordeeld.
application-voted = Uw stem is geteld.
application-signed = Het contract is bewaard. Dit is de lening.
application-taken-back = De aanvraag is ingetrokken.
