booking-conflict-at-once = Iemand anders heeft dit op hetzelfde moment geboekt. Kijk het na en probeer opnieuw.
booking-conflict-other-fact = De sleutel {$key} is al gebruikt voor een andere boeking.
booking-interest = Een deel van dit bedrag is interest op lening {$number}. Interest boeken kan nog niet; het bedrag is niet geboekt.
booking-not-signed = De lening was op {$on} nog niet getekend.
booking-impossible = Deze boeking past niet bij de lening. Kijk de lening na.
booking-signed-again = Het contract is al getekend op {$signedOn}.
booking-before-signature = De datum {$on} ligt vóór de handtekening op {$signedOn}.
booking-in-future = De datum {$on} ligt na vandaag, {$today}.
booking-not-positive = Het bedrag {$amount} moet meer zijn dan 0,00.
booking-above-contract = Een opname van {$amount} is meer dan de {$undrawn} die van het contract overblijft.
booking-draws-closed = De opnames zijn afgesloten op {$on}. Er kan niets meer worden opgenomen.
booking-twice = Deze boeking staat al op de lening.
booking-nothing-drawn = Op deze lening is nog niets opgenomen.
booking-overpaid = Er is {$amount} te veel betaald. Betaal dat eerst terug, daarna kan er worden opgenomen.
booking-unknown-payment = Deze betaling staat niet op de lening.
booking-already-reversed = Deze betaling is al teruggedraaid.
booking-reversed-before-paid = De betaling is van {$paidOn}. Ze kan niet worden teruggedraaid op {$on}.
booking-already-called = De lening is al opgeëist, te betalen op {$dueOn}.
booking-due-in-past = De vervaldag {$dueOn} ligt vóór {$on}, de dag van de opeising.
booking-loan-closed = De lening is volledig terugbetaald en afgesloten.
booking-early-with-interest = Een betaling van {$amount} is meer dan de {$claimable} van deze en de volgende aflossing. Op een lening met interest kan dat alleen met een nieuw aflossingsplan.
booking-word-event = { $event ->
    [signed] tekenen
    [withdrawn] herroepen
    [tranche_drawn] een schijf opnemen
    [draws_closed] de opnames afsluiten
    [payment_received] een betaling
    [payment_reversed] een betaling terugdraaien
    [overpayment_refunded] terugbetalen wat te veel betaald is
    [holiday_granted] uitstel van aflossingen
    [rescheduled] een ander aantal aflossingen
    [plan_agreed] een afbetalingsplan
    [called_due] de lening opeisen
    [accelerated] de lening vervroegd opeisen
    [exit_valued] de waarde bij de verkoop
    [spread] gespreid terugbetalen
    [debtor_changed] een andere schuldenaar
    [debt_settlement_admitted] de toelaatbaarheid van een collectieve schuldenregeling
    [debt_settlement_ruled] de uitspraak over een collectieve schuldenregeling
    [written_off] een afschrijving
    [discharge_requested] de vraag om kwijting
    [discharge_decided] het antwoord op de vraag om kwijting
   *[corrected] een correctie
}
booking-word-status = { $status ->
    [signed] getekend en nog niet opgenomen
    [drawing] nog in opname
    [repaying] in aflossing
    [waiting] nog niet opeisbaar
    [matured] voorbij haar vervaldag
    [called_due] opgeëist
    [written_off] afgeschreven
   *[closed] afgesloten
}
booking-word-product = { $product ->
    [emergency_buyer] een noodkooplening
    [rolling_fund] een lening van het rollend fonds
    [energy_loan] een energielening
   *[renovation_loan] een Mijn VerbouwLening
}
booking-word-instead = { $instead ->
    [plan] Spreek een afbetalingsplan af.
    [recover] Wat na een afschrijving nog betaald wordt, komt terug: boek de betaling.
    [claim] Sluit eerst de opnames af of eis de lening op.
    [admit] Noteer eerst dat het verzoek toelaatbaar is verklaard.
    [year-before] Dat kan beslist worden in het jaar vóór de vervaldag.
    [nothing-owed] Er staat niets meer open.
    [accelerate] Eis de lening eerst op.
    [write-off] Schrijf ze eerst af.
   *[other] {""}
}
booking-word-field = { $field ->
    [instalments] Het aantal aflossingen
    [lines] Het aantal regels van het plan
    [first_due_on] De eerste vervaldag
    [amount] Het bedrag
    [remitted] Wat wordt kwijtgescholden
    [valued_by] Wie de woning schatte
    [evidence] De plaats van het dossier
    [reference] De referentie
   *[other] De waarde
}
booking-not-now = Dit kan nu niet: { booking-word-event }. De lening is { booking-word-status }. { booking-word-instead }
booking-not-this-product = Dit kan niet bij { booking-word-product }: { booking-word-event }.
booking-count = { booking-word-field } is { $value }. Het moet van { $least } tot { $most } zijn.
booking-withdrawn-too-late = Een contract van { $signedOn } kon worden herroepen tot { $last }. { $on } is te laat.
booking-not-after = { booking-word-field } is { $date }. Die moet na { $on } liggen, de dag van de afspraak.
booking-empty-plan = Het plan heeft geen regels. Er is minstens één dag met een bedrag nodig.
booking-plan-order = Regel { $number } van het plan is van { $date } en ligt niet na de regel ervoor.
booking-plan-sum = Het plan komt samen op { $sum }. Het moet { $owed } zijn: dat staat open.
booking-more-than = { booking-word-field } is { $amount }. Het hoogste is { $most }.
booking-spread-too-long = De laatste aflossing zou vervallen op { $last }. Het contract laat niets toe na { $latest }.
booking-no-spreading = Dit contract laat niet toe om gespreid terug te betalen.
booking-no-gain-share = Dit contract vraagt geen deel van de meerwaarde, of dat deel is al vastgesteld.
booking-not-exited = De lening is niet opgeëist door een verkoop of een overlijden. Noteer dat eerst.
booking-too-soon-to-accelerate = { $unpaid ->
    [one] 1 aflossing is
   *[other] { $unpaid } aflossingen zijn
} te laat, samen { $overdue }. Vervroegd opeisen kan bij twee onbetaalde aflossingen, of bij een vijfde van de { $outstanding } die openstaat.
booking-notice-too-short = De aangetekende brief van { $noticedOn } geeft tijd tot { $until }. { $on } is te vroeg.
booking-no-reference = { booking-word-field } is leeg. Zeg waar het bewaard wordt.
booking-no-discharge-asked = Er wacht geen vraag om kwijting op antwoord bij deze lening.
booking-discharge-asked-again = Voor deze lening is al kwijting gevraagd.
booking-refund-not-covered = Er zou { $amount } terugbetaald zijn die nooit betaald is.
booking-unknown-fact = Dit feit staat niet op de lening. De identificatie staat bij de feiten van de lening.
booking-cannot-correct = Dit kan niet gecorrigeerd worden: { booking-word-event }. Corrigeer het feit waarover het gaat.
booking-other-kind = Dit feit kan geen ander soort feit worden: { booking-word-event }. Maak het ongedaan en noteer het andere.
