# Wat een lening meemaakt: de deur voor gebeurtenissen, en wat de pagina van een lening ervan zegt.

loan-event-problem-text = Schrijf hier een tekst of een getal, geen lijst of object.
loan-event-problem-object = Hier hoort een object met velden.
loan-event-problem-lines = Schrijf een lijst van regels, elk met due_on en amount.
loan-event-problem-not-negative = Het bedrag moet 0,00 of meer zijn.
loan-event-problem-id = Dit is geen identificatie. Neem ze over zoals ze getoond wordt, zoals 01890a5d-ac96-774b-bcce-b302099a8057.
loan-event-problem-unknown-field = Dit veld hoort hier niet. Dit zijn de velden: { $choices }.
loan-event-problem-bank-day = De bank zegt vanaf welke dag dit telt. Laat de dag weg.
loan-event-problem-replacement = Zeg wat er had moeten staan, of null als er niets gebeurd was.
loan-event-problem-debtor = Zeg wie de lening nu verschuldigd is: de person_id van iemand die het huis kent, of een person.
loan-event-problem-person = Het huis kent deze persoon niet.
loan-event-problem-same-debtor = Deze persoon is de lening al verschuldigd.
loan-event-problem-same-loan = De betaling staat al op deze lening. Noem de lening waar ze bij hoort.
loan-event-problem-refund-iban = Geld gaat terug naar waar het vandaan kwam: geen enkele betaling van deze lening kwam van deze rekening.
loan-event-correct-payment = Een betaling is wat de bank zegt: het bedrag staat vast en ze kan niet ongedaan gemaakt worden. Hoort ze bij een andere lening, noteer dan payment_moved. Gaf de bank ze terug, noteer dan payment_returned.
loan-event-correct-tranche = Een schijf hoort bij haar factuur: het bedrag staat vast en ze kan niet ongedaan gemaakt worden. Alleen haar dag kan gecorrigeerd worden.
loan-event-correct-refund = Een terugbetaling hoort bij haar betaalopdracht: het bedrag staat vast en ze kan niet ongedaan gemaakt worden. Alleen haar dag kan gecorrigeerd worden.
loan-event-correct-reversal = Een betaling die teruggedraaid is, blijft dat. Kwam ze toch binnen, noteer dan de betaling opnieuw. Is ze verkeerd verplaatst, verplaats ze dan terug met payment_moved.

bank-give-back-money-in = Dit geld kwam binnen ({ $amount }). Alleen geld dat vertrok, kan een betaling teruggeven.
bank-give-back-other-amount = De betaling was { $paid } en er ging { $back } terug. Een betaling gaat helemaal terug.

loan-status-matured = Voorbij de vervaldag
loan-status-written_off = Afgeschreven
instalment-forgone = Opgegeven
schedule-line-interest = interest
schedule-line-early_repayment = vervroegd terugbetaald
schedule-line-gain_share = deel van de meerwaarde
schedule-line-remission = kwijtgescholden
trigger-acceleration = Onbetaalde aflossingen
trigger-withdrawal = Contract herroepen

field-written-off = Afgeschreven
field-recovered = Nog teruggekregen
field-remitted = Kwijtgescholden
field-refunded = Teruggestort
field-interest = Interest betaald
field-gain = Deel van de meerwaarde betaald
loan-debtor = Verschuldigd door
loan-debt-settlement = Collectieve schuldenregeling
loan-debt-settlement-admitted = Toelaatbaar sinds { $day }: niemand mag om betaling gevraagd worden
loan-debt-settlement-ruled = Uitspraak op { $day }
loan-discharge = Kwijting van de schuld aan de geldgever
loan-discharge-requested = Gevraagd
loan-discharge-granted = Verleend
loan-discharge-refused = Geweigerd
loan-fact-recorded = Genoteerd op { $moment } door { $name }
loan-fact-corrected = Gecorrigeerd op { $day } door { $name }: { $reason }
loan-fact-undone = Ongedaan gemaakt op { $day } door { $name }: { $reason }
loan-fact-now = Nu van { $day }

fact-withdrawn = Contract herroepen
fact-overpayment_refunded = Te veel betaald teruggestort
fact-holiday_granted = Uitstel van aflossingen
fact-rescheduled = Ander aantal aflossingen
fact-plan_agreed = Afbetalingsplan afgesproken
fact-accelerated = Lening vervroegd opgeëist
fact-exit_valued = Woning geschat
fact-spread = Terugbetaling gespreid
fact-debtor_changed = Andere schuldenaar
fact-debt_settlement_admitted = Collectieve schuldenregeling toelaatbaar
fact-debt_settlement_ruled = Uitspraak over de collectieve schuldenregeling
fact-written_off = Lening afgeschreven
fact-discharge_requested = Kwijting gevraagd
fact-discharge_decided = Over kwijting beslist
fact-corrected = Correctie

account-refunds_payable = Terug te betalen aan leners
account-interest_income = Ontvangen interest
account-gain_share_income = Ontvangen deel van meerwaarden

entry-refund_paid = Terugbetaling uitgevoerd
entry-loan_changed = Lening gewijzigd
entry-remitted = Kwijtschelding
entry-written_off = Afschrijving
entry-discharge_decided = Kwijting
entry-fact_corrected = Correctie van een eerder feit

deed-loan-tranche-drawn = Schijf opgenomen
deed-loan-withdrawn = Contract herroepen
deed-loan-holiday-granted = Uitstel van aflossingen gegeven
deed-loan-rescheduled = Aantal aflossingen gewijzigd
deed-loan-plan-agreed = Afbetalingsplan afgesproken
deed-loan-called-due = Lening opgeëist
deed-loan-accelerated = Lening vervroegd opgeëist
deed-loan-exit-valued = Woning geschat
deed-loan-spread = Terugbetaling gespreid
deed-loan-debtor-changed = Schuldenaar gewijzigd
deed-loan-debt-settlement-admitted = Collectieve schuldenregeling genoteerd
deed-loan-debt-settlement-ruled = Uitspraak van de rechtbank genoteerd
deed-loan-written-off = Lening afgeschreven
deed-loan-discharge-requested = Kwijting gevraagd
deed-loan-discharge-decided = Antwoord over kwijting genoteerd
deed-loan-corrected = Feit gecorrigeerd
deed-loan-overpayment-refunded = Opdracht gegeven om terug te betalen
deed-loan-payment = Betaling toegewezen aan de lening
deed-loan-payment-returned = Betaling teruggegeven door de bank
deed-loan-payment-moved = Betaling verplaatst naar een andere lening

difference-interest_income = ontvangen interest van de lening
difference-gain_share_income = ontvangen deel van de meerwaarde van de lening
difference-write_off_loss = wat van de lening afgeschreven of kwijtgescholden is
difference-unreadable = de feiten van de lening spreken elkaar tegen
difference-refunds_payable = terug te betalen aan leners, volgens de opdrachten
order-kind-refund = Terug naar de lener
