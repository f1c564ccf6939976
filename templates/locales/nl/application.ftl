# Wat er mis is met een veld van een aanvraag, en waarom een stap niet kan.

application-problem-required = Dit is leeg. Vul het in.
application-problem-too-long = Dit telt { $length } tekens. Het maximum is { $most }.
application-problem-control-signs = Dit bevat tekens die niet zichtbaar zijn. Typ het opnieuw.
application-problem-date = Dit is geen datum. Schrijf hem zo: 2026-10-16.
application-problem-future = Deze dag ligt na vandaag, { $today }.
application-problem-amount = Dit is geen bedrag. Schrijf euro en cent, zoals 1234,50.
application-problem-amount-two-ways = Dit kan op twee manieren gelezen worden. Schrijf euro en cent, zoals 12345,00 of 12,35.
application-problem-amount-positive = Het bedrag moet meer zijn dan 0,00.
application-problem-amount-not-negative = Een inkomen is 0,00 of meer.
application-problem-whole = Schrijf een geheel getal van { $least } tot { $most }.
application-problem-yes-no = Antwoord ja of nee.
application-problem-choice = Kies een van deze: { $choices }.
application-problem-people = Een aanvraag is van één of twee mensen.
application-problem-same-person = Beide mensen hebben hetzelfde rijksregisternummer.
application-problem-insz = Dit rijksregisternummer klopt niet. Het telt elf cijfers en de laatste twee controleren de andere, zoals in JJ.MM.DD-NNN.CC. Er is een cijfer fout of er ontbreekt er een.
application-problem-age = Deze persoon was op { $on } nog geen 18 jaar.
application-problem-email = Dit is geen e-mailadres. Schrijf het zo: naam@voorbeeld.be.
application-problem-phone = Dit is geen telefoonnummer. Schrijf 8 tot 15 cijfers, zoals 056 12 34 56.
application-problem-postcode = Een Belgische postcode telt vier cijfers, zoals 8500.
application-problem-municipality = Dit Energiehuis werkt niet voor deze gemeente. Kies een van deze: { $choices }.
application-problem-own-municipality = U kunt alleen aanvragen van uw eigen gemeente invoeren.
application-problem-no-instalments = Deze lening heeft geen aflossingen. Laat dit leeg.
application-problem-works = Vul minstens één soort werken in, en hoogstens { $most }.
application-problem-quotes = Voor één soort werken zijn er hoogstens { $most } offertes.
application-problem-never-energy = Werken van de soort “{ $kind }” verbeteren de energieprestatie nooit. Antwoord nee.
application-problem-never-structural = Werken van de soort “{ $kind }” zijn nooit structureel. Antwoord nee.
application-problem-say-energy = Werken van de soort “{ $kind }” verbeteren de energieprestatie soms wel en soms niet. Antwoord ja of nee.
application-problem-say-structural = Werken van de soort “{ $kind }” zijn soms wel en soms niet structureel. Antwoord ja of nee.
application-problem-quoted-later = De offerte is van na de aanvraag van { $on }.
application-problem-valid-until = De laatste dag van de offerte ligt vóór haar datum, { $from }.
application-problem-enterprise-number = Dit ondernemingsnummer klopt niet. Het telt tien cijfers en de laatste twee controleren de andere, zoals 0566.988.259.
application-problem-iban = Dit rekeningnummer klopt niet: de controlecijfers zijn fout. Een juist voorbeeld: BE68 5390 0754 7034.
application-problem-no-co-applicant = Deze aanvraag heeft geen medeaanvrager.
application-problem-known-otherwise-born = Het Energiehuis kent dit rijksregisternummer met een andere geboortedatum. Kijk beide na.
application-problem-known-elsewhere = Het Energiehuis kent dit adres in een andere gemeente. Kijk het adres na.
application-problem-other-account = Het Energiehuis betaalt deze aannemer op een andere rekening. Vraag het nummer na bij de aannemer, per telefoon.
application-problem-reason = Schrijf waarom. Een weigering heeft een reden nodig.
application-problem-key = De sleutel telt 1 tot { $most } zichtbare tekens zonder spaties.
application-problem-file = { $problems }

application-no-fund = Er is nog geen fonds voor deze soort lening, “{ $product }”.
application-dwelling-has-loan = Lening { $number } voor deze woning is nog niet terugbetaald. Een woning heeft één Mijn VerbouwLening tegelijk.
application-dwelling-has-application = In aanvraag { $number } wordt deze lening voor dezelfde woning gevraagd. Een woning heeft één Mijn VerbouwLening tegelijk.
application-dwelling-taken = Voor deze woning is er al een lening, of er wordt er een gevraagd. Een woning heeft één Mijn VerbouwLening tegelijk.
application-conflict-key = Deze sleutel hoorde eerder bij een andere vraag: die maakte aanvraag { $number }. Gebruik een nieuwe sleutel.
application-conflict-file = Dit bestand is al ingelezen. Deze regel is aanvraag { $number }.
application-not-open = Over deze aanvraag kan niet meer gestemd worden. Ze is { $state ->
    [approved] goedgekeurd
    [refused] geweigerd
    [withdrawn] ingetrokken
    [signed] ondertekend
   *[submitted] ingediend
}.
application-maker-votes = U hebt deze aanvraag zelf ingevoerd. Twee anderen moeten erover beslissen.
application-voted-before = U hebt al gestemd over deze aanvraag. Iemand anders moet de tweede stem geven.
application-approve-not-eligible = Aan een regel is niet voldaan. Daarom kan deze aanvraag niet goedgekeurd worden. Weiger ze, met de reden.
application-approve-incomplete = Er ontbreekt nog iets. Daarom kan deze aanvraag nog niet goedgekeurd worden.
application-above-ceiling-now = Voor deze woning is al { $already } toegezegd. Met { $amount } erbij is dat meer dan het maximum van { $most }.
application-cannot-be-approved = Deze aanvraag kan niet meer goedgekeurd worden.
application-cannot-be-refused = Deze aanvraag kan niet meer geweigerd worden.
application-cannot-be-withdrawn = Deze aanvraag is { $state ->
    [refused] geweigerd
    [withdrawn] al ingetrokken
   *[signed] ondertekend
} en kan niet ingetrokken worden.
application-cannot-be-signed = Alleen een goedgekeurde aanvraag kan ondertekend worden. Deze is { $state ->
    [submitted] nog niet beslist
    [refused] geweigerd
    [withdrawn] ingetrokken
   *[signed] al ondertekend
}.
