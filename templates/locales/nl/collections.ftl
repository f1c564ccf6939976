# De pagina Inningen, mandaten op een lening, en wat ermee mis kan zijn.

collection-lead = Wat met een domiciliëring geïnd wordt, in welk bestand, en wat er terugkwam.
collection-returns = Wat terugkwam
collection-returns-count = { $count ->
    [one] 1 inning kwam terug
   *[other] { $count } inningen kwamen terug
}
collection-no-returns = Er wacht niets dat terugkwam
collection-no-returns-next = Wat de bank terugdraait, staat hier met wat er te doen is.
collection-loan = Lening
collection-back-on = Terug op
collection-due = vervallen op { $day }
collection-why = Waarom
collection-what-to-do = Wat te doen
collection-never-credited = Het geld was nog niet gekomen.
collection-retry-on = Nieuwe poging op { $day }.
collection-return-answer = Dit is gebeurd
collection-return-note = Wat hebt u gedaan?
collection-return-do = Van de lijst halen
collection-return-done = Het staat niet meer op de lijst.
collection-return-note-missing = Schrijf wat u gedaan hebt.
collection-return-answered = Iemand anders heeft dit al afgehandeld.
collection-return-retries = Dit wordt vanzelf opnieuw geprobeerd. Niemand moet iets doen.
collection-return-undone = Iemand heeft deze terugkomst ongedaan gemaakt. Niemand moet iets doen.
collection-run-new = Een bestand maken
collection-run-help = Alles wat aangekondigd is en mag vertrekken. Iemand anders geeft het bestand vrij.
collection-through = Laatste dag van inning
collection-run-do = Het bestand maken
collection-run-made = Het bestand is gemaakt. Een tweede persoon moet het vrijgeven.
collection-run-nothing = Niets mag vertrekken. Hieronder staat waarom.
collection-run-released = Het bestand mag vertrekken.
collection-run-title = Bestand met inningen
collection-run-lead = { $count ->
    [one] 1 inning
   *[other] { $count } inningen
} voor { $fund }, samen { $sum }.
collection-run-state-made = Wacht op een tweede persoon
collection-run-state-released = Vrijgegeven
collection-run-state-exported = Vertrokken
collection-run-state-lapsed = Te laat
collection-run-empty = Er is niets aangekondigd dat tot en met { $through } geïnd wordt. Wat aangekondigd is, staat op de pagina Inningen.
collection-run-own = U hebt dit bestand zelf gemaakt. Iemand anders moet het vrijgeven.
collection-run-lapsed = Niemand heeft dit bestand op tijd verstuurd. De inningen krijgen vannacht een nieuwe dag.
collection-run-late = De bank neemt dit bestand niet meer: het moest op { $by } vertrokken zijn. De inningen krijgen vannacht een nieuwe dag.
collection-run-not-released = Een tweede persoon moet dit bestand eerst vrijgeven.
collection-runs = Bestanden
collection-no-runs = Er is nog geen bestand
collection-no-runs-next = Maak er een wanneer er iets aangekondigd is.
collection-file = Bestand
collection-in-file = Inningen in dit bestand
collection-message = Kenmerk
collection-first-on = Eerste inning
collection-send-by = Uiterlijk versturen op
collection-lines = Aantal
collection-made-by = Gemaakt door
collection-released-by = Vrijgegeven door
collection-exported = Vertrokken
collection-release-help = Kijk het totaal na. Daarna mag het bestand naar de bank.
collection-release-do = Vrijgeven
collection-release-other = Een tweede persoon geeft dit bestand vrij: nooit wie het maakte.
collection-export-help = Vanaf de eerste keer zijn de inningen onderweg. Later krijgt u altijd hetzelfde bestand.
collection-export-do = Downloaden voor de bank
collection-waiting = { $count ->
    [one] 1 inning aangekondigd, { $sum }
   *[other] { $count } inningen aangekondigd, samen { $sum }
}
collection-none-waiting = Er is niets aangekondigd
collection-none-waiting-next = Elke nacht wordt aangekondigd wat binnenkort vervalt, voor leningen met een mandaat.
collection-collect-on = Inning op
collection-told = Aangekondigd op
collection-told-on = aangekondigd op { $day }
collection-not-told = Vannacht
collection-stays = Blijft achter omdat
collection-attempt = poging { $count }
collection-no-creditor = Dit fonds heeft nog geen SEPA-identificatie van de schuldeiser. Stel ze in met “energiehuis collection creditor”.
collection-problem-fund = Er is geen fonds met deze code. Schrijf ze zoals NKF.
collection-problem-creditor = Dit is geen Belgische SEPA-identificatie van een schuldeiser. Schrijf ze zoals BE12ZZZ0456810810.
collection-problem-creditor-twice = Er is al een identificatie vanaf { $on }.
collection-problem-name = Schrijf een naam van 1 tot 70 tekens.
collection-problem-past = Dit is voor vandaag ({ $today }). Wat al geïnd is, verandert niet meer.
collection-came-back = { $kind } op { $day }, reden { $reason }
collection-provisional = Voorlopig: de betaler kan het geld terugvragen tot { $day }.
collection-state-made = Aangekondigd
collection-state-exported = Bij de bank
collection-state-credited = Geïnd
collection-state-returned = Teruggekomen
collection-state-dropped = Vervallen
collection-block-mandate_stopped = Het mandaat is gestopt.
collection-block-mandate_expired = Het mandaat is vervallen.
collection-block-may_not_collect = Niemand mag deze lening nu invorderen.
collection-block-amount_changed = Er staat een ander bedrag open dan aangekondigd. Vannacht vertrekt een nieuwe aankondiging.
collection-block-not_notified = De ontlener is hiervan niet verwittigd. Vannacht vertrekt een aankondiging.
collection-block-notice_too_short = De ontlener is te kort vooraf verwittigd.
collection-block-too_late = De bank had dit bestand eerder nodig. Vannacht komt er een nieuwe dag.
collection-block-own_account = De rekening is van het huis zelf.
collection-dropped-nothing_due = Er is niets meer te innen.
collection-dropped-mandate_ended = Het mandaat is afgelopen.
collection-dropped-may_not_collect = Niemand mag deze lening nu invorderen.
collection-dropped-return_undone = De eerste poging bleek niet teruggekomen.
collection-action-retry = Er was geen geld. Er komt één nieuwe poging.
collection-action-ask_account = Het mandaat staat stil. Vraag het juiste rekeningnummer en wijzig het mandaat.
collection-action-stop_mandate = Het mandaat is gestopt: de toestemming wordt betwist. Zoek het getekende mandaat en spreek met de ontlener.
collection-action-contact = Neem contact op met de ontlener. Overschrijven met de mededeling van de lening kan altijd.
collection-action-technical = Er is iets mis met ons bestand of onze identificatie. Kijk dat na.
collection-action-estate = De ontlener is overleden. Het mandaat is gestopt. Contacteer de erfgenamen of de notaris.
collection-action-complete_data = De bank mist gegevens van de betaler. Vul ze aan.
collection-action-allow_list = De bank van de betaler houdt ons tegen. Vraag de ontlener om onze identificatie toe te laten.
collection-action-check_duplicate = De bank ziet dezelfde inning twee keer. Kijk eerst onze bestanden na.
return-kind-reject = Geweigerd
return-kind-return = Teruggestuurd
return-kind-refund = Teruggevraagd
return-kind-reversal = Door ons teruggedraaid
return-kind-cancellation = Geannuleerd
mandate-title = Domiciliëring
mandate-none = Er is geen mandaat. De ontlener betaalt zelf.
mandate-reference = Mandaat
mandate-reference-hint = Letters en cijfers, hoogstens 35. Leeg: gemaakt van het nummer van de lening.
mandate-reference-new = Nieuw kenmerk van het mandaat
mandate-signed-on = Getekend op
mandate-account = Rekening
mandate-bic = BIC van de bank
mandate-bic-hint = Leeg: onze bank zoekt ze zelf.
mandate-debtor = Naam van de betaler
mandate-debtor-hint = Leeg: wie de lening moet betalen.
mandate-iban-new = Nieuw rekeningnummer
mandate-add = Een mandaat registreren
mandate-add-do = Het mandaat registreren
mandate-change = Het mandaat wijzigen
mandate-change-help = De bank van de betaler hoort het bij de volgende inning.
mandate-change-do = Wijzigen
mandate-stop = Het mandaat stoppen
mandate-stop-help = Er wordt niets meer geïnd. Wat al bij de bank is, gaat door.
mandate-stop-do = Stoppen
mandate-registered = Het mandaat is geregistreerd. Vannacht wordt de volgende aflossing aangekondigd.
mandate-amended = Het mandaat is gewijzigd.
mandate-stopped = Het mandaat is gestopt.
mandate-kind-recurrent = Voor elke aflossing
mandate-kind-one_off = Voor één keer
mandate-state-active = Actief
mandate-state-stopped = Gestopt
mandate-state-expired = Vervallen
mandate-stop-person = op vraag
mandate-stop-returned = door de bank
mandate-stop-used = het was voor één keer
mandate-stopped-on = Gestopt op { $day },
mandate-expired-on = Vervallen op { $day }: 36 maanden niets geïnd.
mandate-last-collected = Laatste inning op { $day }.
mandate-never-collected = Nog niet gebruikt.
mandate-ends-on = Vervalt op { $day } als er niets geïnd wordt.
mandate-ends = Vervalt op
mandate-expiring = Mandaten die binnen drie maanden vervallen omdat er niets geïnd wordt
mandate-collections = { $count ->
    [one] 1 inning
   *[other] { $count } inningen
}
mandate-problem-expired = Dit mandaat is vervallen. Laat een nieuw mandaat tekenen.
mandate-problem-stopped = Dit mandaat is gestopt. Laat een nieuw mandaat tekenen.
mandate-problem-same = Dat staat al in het mandaat.
mandate-problem-holds = Dit mandaat loopt nog.
mandate-problem-future = De handtekening kan niet na vandaag ({ $today }) gezet zijn.
mandate-problem-too-old = Dit mandaat is meer dan 36 maanden oud en werd nooit gebruikt. Laat een nieuw mandaat tekenen.
mandate-problem-iban = Dit is geen IBAN. Schrijf het rekeningnummer zoals BE68 5390 0754 7034.
mandate-problem-bic = Een BIC heeft 8 of 11 letters en cijfers, zoals KREDBEBB.
mandate-problem-reference = Een mandaat heeft een kenmerk van 1 tot 35 letters en cijfers, zonder andere tekens.
mandate-problem-reference-twice = Een ander mandaat heeft dit kenmerk al. Kies een ander.
mandate-problem-own-account = Dit is de rekening van fonds { $fund }. Geef de rekening van de ontlener.
mandate-problem-active = Deze lening heeft al een actief mandaat. Stop dat eerst, of wijzig het.
mandate-problem-loan = Van lening { $number } is nu niets te innen: ze is afgelopen, of niemand mag ze invorderen.
mandate-problem-no-change = Geef een nieuw rekeningnummer of een nieuw kenmerk.
letter-collection_notice = Vooraankondiging van een inning
letter-rule-collection_notice = Vooraankondiging van een inning
job-collections_prepare = Inningen aankondigen
jobs-report-collections-prepare = { $made ->
    [0] Geen nieuwe inning
    [one] 1 nieuwe inning
   *[other] { $made } nieuwe inningen
}, { $notices ->
    [0] geen aankondigingen
    [one] 1 aankondiging
   *[other] { $notices } aankondigingen
} waarvan { $letters_to_print } af te drukken; { $dropped } vervallen, { $expired } mandaten afgelopen, { $lapsed } bestanden te laat, { $without_creditor } leningen zonder identificatie van de schuldeiser ({ $loans } leningen bekeken).
jobs-report-collections-prepare-nothing = { $loans ->
    [0] Geen enkele lening heeft een mandaat.
    [one] 1 lening bekeken: er was niets te doen.
   *[other] { $loans } leningen bekeken: er was niets te doen.
}
deed-mandate-registered = Mandaat geregistreerd
deed-mandate-amended = Mandaat gewijzigd
deed-mandate-stopped = Mandaat gestopt
deed-collection-return-answered = Teruggekomen inning afgehandeld
bank-reason-collection-credited = Inning van een aflossing met een domiciliëring.
bank-reason-collection-total = Inning van een heel bestand met domiciliëringen.
bank-reason-collection-returned = Een inning kwam terug. De betaling is teruggedraaid.
bank-reason-collection-rejected = Een inning werd geweigerd en haar geld was nog niet gekomen. Zoek het bedrag dat erbij hoort.
bank-reason-collection-other-amount = Dit is onze inning, maar met een ander bedrag.
bank-reason-collection-not-expected = Dit lijkt onze inning, maar ze is niet vertrokken, al geïnd, of niet zeker te herkennen.
bank-reason-collection-returned-before = Deze inning kwam al eerder terug.
bank-reason-collection-return-unknown = Een domiciliëring kwam terug, maar wij kennen ze niet.
bank-reason-collection-total-refused = Dit is de inning van een heel bestand, maar een van de leningen neemt haar betaling niet.
deed-collection-returned = Inning kwam terug
deed-collection-return-undone = Terugkomst van een inning ongedaan gemaakt
deed-mandate-resumed = Mandaat weer actief
