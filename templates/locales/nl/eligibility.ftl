# Wat elke regel vond: eligibility-<regel>-<antwoord>.

eligibility-open-met = Op { $on } kon deze lening aangevraagd worden.
eligibility-open-not-met = Op { $on } kon deze lening niet aangevraagd worden.
eligibility-figure-missing = Het cijfer “{ $key }” van { $on } ontbreekt. Voeg het toe aan de regels, met de bron.

eligibility-amount-minimum-met = Het bedrag is { $amount }. Het minimum is { $least }.
eligibility-amount-minimum-not-met = Het bedrag is { $amount }. Dat is minder dan het minimum van { $least }.
eligibility-amount-ceiling-met = Het bedrag is { $amount }. Voor deze woning is al { $already } geleend. Het maximum is { $most }.
eligibility-amount-ceiling-not-met = Het bedrag is { $amount }. Voor deze woning is al { $already } geleend. Samen is dat meer dan het maximum van { $most }.
eligibility-quoted-met = De offertes zijn samen { $quoted }. De vraag is { $amount }.
eligibility-quoted-not-met = De offertes zijn samen { $quoted }. Dat is minder dan de { $amount } die gevraagd wordt.
eligibility-quoted-missing = Er is nog geen offerte en de vraag is { $amount }. Voeg de offertes toe.
eligibility-instalments-min-met = De vraag is { $wanted } aflossingen. Het minimum is { $least }.
eligibility-instalments-min-not-met = De vraag is { $wanted } aflossingen. Dat is minder dan het minimum van { $least }.
eligibility-instalments-min-missing = Het aantal aflossingen is nog niet bekend. Het minimum is { $least }.
eligibility-instalments-max-met = De vraag is { $wanted } aflossingen. Het maximum is { $most }.
eligibility-instalments-max-not-met = De vraag is { $wanted } aflossingen. Dat is meer dan het maximum van { $most }.
eligibility-instalments-max-missing = Het aantal aflossingen is nog niet bekend. Het maximum is { $most }.

eligibility-sole-owner-met = De kopers zijn samen eigenaar van de hele woning.
eligibility-sole-owner-not-met = Iemand anders is mede-eigenaar van de woning. De kopers moeten samen volle eigenaar zijn.
eligibility-sole-owner-missing = Het is nog niet bekend wie eigenaar is van de woning.
eligibility-main-residence-met = De woning is hun hoofdverblijfplaats.
eligibility-main-residence-not-met = De woning is niet hun hoofdverblijfplaats. Dat moet wel.
eligibility-main-residence-missing = Het is nog niet bekend of de woning hun hoofdverblijfplaats is.
eligibility-no-other-real-estate-met = Zij hebben geen ander onroerend goed.
eligibility-no-other-real-estate-not-met = Zij hebben rechten op ander onroerend goed. Dat mag niet.
eligibility-no-other-real-estate-missing = Het is nog niet bekend of zij ander onroerend goed hebben.
eligibility-structural-defects-met = De woning heeft structurele gebreken op het vlak van veiligheid, gezondheid of kwaliteit.
eligibility-structural-defects-not-met = De woning heeft geen structurele gebreken. Deze lening is voor woningen die ze wel hebben.
eligibility-structural-defects-missing = Het is nog niet bekend of de woning structurele gebreken heeft.
eligibility-energy-works-met = Minstens één van de werken verbetert de energieprestatie.
eligibility-energy-works-not-met = Geen van de werken verbetert de energieprestatie. Minstens één moet dat doen.
eligibility-only-energy-works-met = Alle werken verbeteren de energieprestatie.
eligibility-only-energy-works-not-met = Niet alle werken verbeteren de energieprestatie. Dat moet wel.
eligibility-structural-works-met = Minstens één van de werken herstelt een structureel gebrek.
eligibility-structural-works-not-met = Geen van de werken herstelt een structureel gebrek. Minstens één moet dat doen.
eligibility-solvency-inquiry-met = Het OCMW onderzocht de betaalkracht: een gewone lening zou tot betalingsproblemen leiden.
eligibility-solvency-inquiry-not-met = Het OCMW onderzocht de betaalkracht: een gewone lening is mogelijk.
eligibility-solvency-inquiry-missing = Het OCMW heeft de betaalkracht nog niet onderzocht.
eligibility-valid-quotes-met = Op { $on } waren alle offertes geldig. De eerste loopt af op { $until }.
eligibility-valid-quotes-not-met = Een offerte liep af op { $until }, vóór de aanvraag van { $on }. Vraag de aannemer een nieuwe.
eligibility-valid-quotes-missing = Er is nog geen offerte.

eligibility-income-ceiling-met = Het gezamenlijk belastbaar inkomen van { $year } is { $income }. Het maximum is { $most }.
eligibility-income-ceiling-not-met = Het gezamenlijk belastbaar inkomen van { $year } is { $income }. Dat is meer dan het maximum van { $most }.
eligibility-income-ceiling-missing = Het gezamenlijk belastbaar inkomen van { $year } of het aantal personen ten laste is nog niet bekend. Het maximum is { $most }.
eligibility-general-group-met = Uit niets blijkt dat het gezin bij de prioritaire doelgroep hoort: de rente is { $rate }, met hoogstens { $most } aflossingen.
eligibility-organisation-met = De aanvraag is voor een organisatie: de rente is { $rate }, met hoogstens { $most } aflossingen.
eligibility-organisation-not-met = De aanvraag is voor een organisatie. Deze lening is enkel voor gezinnen.
eligibility-priority-group-by-ground = Het gezin hoort bij de prioritaire doelgroep: { $ground ->
    [raised_allowance] verhoogde tegemoetkoming
    [protected_customer] beschermde afnemer
    [debt_mediation] schuldbemiddeling
   *[ocmw_guidance] begeleiding door het OCMW
}.
eligibility-priority-group-met = Het gezin hoort door het inkomen bij de prioritaire doelgroep. Het maximum is { $gross_most } bruto in { $gross_year } of { $joint_most } gezamenlijk belastbaar in { $joint_year }.
eligibility-priority-group-not-met = Het gezin hoort niet bij de prioritaire doelgroep: { $gross } bruto in { $gross_year } (maximum { $gross_most }) en { $joint } gezamenlijk belastbaar in { $joint_year } (maximum { $joint_most }).
eligibility-priority-group-missing = Het is nog niet bekend of het gezin bij de prioritaire doelgroep hoort. Geef een grond, of het bruto-inkomen van { $gross_year } (maximum { $gross_most }) en het gezamenlijk belastbaar inkomen van { $joint_year } (maximum { $joint_most }), en het aantal personen ten laste.
