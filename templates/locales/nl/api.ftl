# Problemen die programma's krijgen (RFC 9457).

api-invalid-title = Sommige velden kloppen niet
api-invalid-detail = Er is niets bewaard. Elke regel van “errors” noemt een veld en zegt wat juist zou zijn.
api-no-token-title = Geen token, of een token dat niet werkt
api-no-token-detail = Stuur de header “Authorization: Bearer” mee, met een token dat u van een beheerder kreeg en dat niet vervallen is.
api-no-key-title = De header “Idempotency-Key” ontbreekt
api-no-key-detail = Stuur bij elke gebeurtenis een eigen sleutel mee, en dezelfde sleutel als u ze opnieuw stuurt: dan wordt ze één keer genoteerd.
api-not-found-title = Dit bestaat niet
api-not-found-detail = Het adres is fout, of u mag niet zien wat daar is.
api-forbidden-title = Dit mag u niet
api-forbidden-detail = De rol van de gebruiker achter uw token laat dit niet toe.
api-refused-title = Een regel laat dit niet toe
api-conflict-title = Iemand anders was u voor
api-unreadable-title = De inhoud is niet de JSON die verwacht werd
api-defect-title = Bij ons ging iets mis
api-defect-detail = Er is niets bewaard. Probeer het later opnieuw. Blijft het duren, geef dan het nummer van “instance” door.
