# De bladzijden van aannemers en hun rekeningen.

menu-contractors = Aannemers

contractor-lead = Op welke rekening elke aannemer betaald wordt, wat er veranderde, en wat wacht om betaald te worden.
contractor-search = Naam, nummer of rekening
contractor-search-do = Zoeken
contractor-all = Alle tonen
contractor-count = { $count ->
    [one] 1 aannemer
   *[other] { $count } aannemers
}
contractor-none = Er zijn nog geen aannemers
contractor-none-next = Een aannemer komt mee met de eerste offerte van een aanvraag.
contractor-none-here = Geen aannemer gevonden
contractor-none-here-next = Typ een deel van de naam, of minstens vier tekens van het ondernemingsnummer of van een rekening.
contractor-look = Na te kijken
contractor-look-first = Kijk deze rekening na voor ze betaald wordt
contractor-flag-changed = Veranderd op { $on }
contractor-flag-came-back = Een overschrijving kwam terug op { $on }
contractor-flag-shared = Ook van een andere aannemer
contractor-flag-borrower = Gebruikt door een lener
contractor-waiting = Opdrachten die wachten
contractor-number = Ondernemingsnummer { $number }
contractor-paid-on = Betaald op
contractor-accounts = Rekeningen, de laatste eerst
contractor-since = Sinds
contractor-by = Genoteerd door
contractor-with-quote = kwam mee met een offerte
contractor-verified = Hoe ze is nagekeken
contractor-now = Nu
contractor-orders = Opdrachten die op de bank wachten
contractor-no-orders = Er wacht geen opdracht
contractor-no-orders-next = Een opdracht ontstaat als een factuur van deze aannemer wordt goedgekeurd.
contractor-run = Betaalronde
contractor-no-run = nog in geen ronde
contractor-other-account = naar { $iban }
contractor-change = Een andere rekening
contractor-change-help = Opdrachten die buiten een ronde wachten, gaan van nu af daarheen. Wie de volgende ronde vrijgeeft, ziet de verandering en kijkt ze ook na.
contractor-change-later = Deze aannemer zit in ronde { $run }, die nog niet vertrokken is. Maak eerst het bestand van die ronde, of annuleer ze.
contractor-new-account = Nieuwe rekening
contractor-change-do = Deze rekening noteren
contractor-changed = { $count ->
    [0] De rekening is genoteerd. Wie de volgende ronde vrijgeeft, ziet de verandering.
    [one] De rekening is genoteerd, en 1 opdracht die wacht, gaat daarheen. Wie de volgende ronde vrijgeeft, ziet de verandering.
   *[other] De rekening is genoteerd, en { $count } opdrachten die wachten, gaan daarheen. Wie de volgende ronde vrijgeeft, ziet de verandering.
}
