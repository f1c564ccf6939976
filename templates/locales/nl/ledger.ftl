# Wat de controle van de boekhouding zegt.

job-ledger_check = Boekhouding nakijken
jobs-report-ledger-check = { $entries ->
    [one] 1 boeking nagekeken
   *[other] { $entries } boekingen nagekeken
}: { $differences ->
    [0] alles klopt
    [one] 1 verschil
   *[other] { $differences } verschillen
}.
jobs-report-ledger-check-nothing = Er is nog niets geboekt.

difference-entry_unbalanced = debet en credit van een boeking
difference-fund_unbalanced = debet en credit van het fonds
difference-outstanding = nog te betalen door het gezin
difference-overpaid = te veel betaald door het gezin
difference-commitment_negative = beloofd, minder dan niets
difference-commitment_left = beloofd na het einde van de opnames
difference-commitment_undrawn = beloofd tegenover wat het contract nog laat opnemen
difference-free_to_lend = vrij om uit te lenen, volgens de database en volgens de regel
difference-cash_at_bank = op de bank, volgens het laatste uittreksel
difference-unmatched_receipts = ontvangen zonder eigenaar, volgens de lijnen van de bank
difference-unexplained_payments = betaald zonder uitleg, volgens de lijnen van de bank
difference-contractors_payable = te betalen aan aannemers, volgens de opdrachten
difference-due_to_funder = terug naar de geldgever, volgens wat gezinnen betaalden
difference-should-be = moet { $expected } zijn en is { $found }
