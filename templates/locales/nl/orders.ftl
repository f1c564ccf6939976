# De pagina Betaalopdrachten.

order-ordered = Wacht op de bank
order-paid = Betaald
order-kind-contractor = Factuur van aannemer
order-kind-funder = Terug naar geldgever

orders-lead = Wat de bank moet betalen en wat ze betaald heeft. Een opdracht is pas betaald als ze op een uittreksel staat.
orders-none = Er zijn nog geen betaalopdrachten
orders-none-next = Een opdracht komt er als een factuur is goedgekeurd, of als een fonds geld doorstort naar een geldgever.
orders-none-here = Geen opdrachten voor deze keuze
orders-none-here-next = Kies een andere status of een ander fonds.
orders-totals = Per fonds
orders-fund = Fonds
orders-ordered-count = Wachten op de bank
orders-ordered-sum = Bedrag dat wacht
orders-paid-count = Betaald
orders-paid-sum = Bedrag betaald
orders-together = Samen
orders-state = Status
orders-filter = Tonen
orders-count = { $count ->
    [one] 1 opdracht, { $sum }
   *[other] { $count } opdrachten, samen { $sum }
}
orders-newest = (niet alles past hier; kies een fonds of status)
orders-creditor = Aan
orders-for = Voor
orders-reference = Kenmerk en mededeling
orders-ordered-on = Opdracht van
orders-paid-on = op { $day }
orders-amount = Bedrag
