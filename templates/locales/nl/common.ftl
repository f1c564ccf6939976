# What is on every page, and words that every area uses.

month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

frame-skip = Naar de inhoud
frame-language = Taal
frame-menu = Hoofdmenu
frame-sign-out = Afmelden
frame-today = Vandaag is het { $day }.

menu-start = Start
menu-applications = Aanvragen
menu-loans = Leningen
menu-bank = Bank
menu-payment-orders = Betaalopdrachten
menu-collections = Inningen
menu-funds = Fondsen
menu-letters = Brieven
menu-jobs = Taken

role-administrator = Beheerder
role-housing_desk = Woonloket
role-loan_officer = Dossierbeheerder
role-committee_member = Lid van het comité
role-accountant = Boekhouding
role-manager = Directie
role-system = Energiehuis

sign-in-title = Aanmelden
sign-in-lead = Welkom in het Energiehuis. Meld aan met uw account van de dienst.
sign-in-email = E-mailadres
sign-in-password = Wachtwoord
sign-in-do = Aanmelden
sign-in-help = Geen account, of wachtwoord vergeten? Vraag het aan de beheerder van uw dienst.
sign-in-wrong = Dit e-mailadres en dit wachtwoord horen niet samen. Kijk ze na en probeer opnieuw.
sign-in-wait = Er is te vaak een verkeerd wachtwoord gegeven. Wacht een kwartier en probeer dan opnieuw.

error-invalid-title = Sommige gegevens kloppen niet
error-invalid-body = Er is niets bewaard. Ga terug, verbeter dit en verstuur opnieuw.
error-not-found-title = Deze pagina is er niet
error-not-found-body = Het adres klopt niet, of u mag deze pagina niet zien.
error-forbidden-title = Dit mag u niet doen
error-forbidden-body = Uw rol geeft geen toegang tot deze pagina. Hebt u ze nodig voor uw werk? Vraag het aan de beheerder.
error-refused-title = Dit kan niet
error-refused-body = Er is niets veranderd, om deze reden:
error-conflict-title = Iemand was u voor
error-conflict-body = Er is niets veranderd, om deze reden:
conflict-key = Deze sleutel is al gebruikt met een andere vraag. Gebruik een nieuwe sleutel.
error-defect-title = Er ging iets mis bij ons
error-defect-body = Er is niets bewaard. Probeer het straks opnieuw. Blijft het misgaan, geef dan dit nummer door:
error-cross-site-title = Dit formulier kwam van een andere website
error-cross-site-body = Voor de veiligheid is er niets gedaan. Open de pagina opnieuw en vul het formulier hier in.
error-method-title = Dit kan niet op deze pagina
error-method-body = Deze pagina kan op deze manier niet gebruikt worden.
error-too-large-title = Dit bestand is te groot
error-too-large-body = Er is niets bewaard. Kies een kleiner bestand.
error-unreadable-title = Dit formulier kon niet gelezen worden
error-unreadable-body = Er is niets bewaard. Ga terug, kijk na wat u invulde en verstuur opnieuw.
error-incident = Nummer:
error-home = Naar de startpagina

user-email-wrong = Dit is geen e-mailadres; schrijf het zoals naam@gemeente.be.
user-name-missing = De naam ontbreekt.
user-role-system = Deze rol is voor het huis zelf; kies een rol voor mensen.
user-municipality-missing = Een woonloket hoort bij één gemeente: geef haar NIS-code, zoals 34022 voor Kortrijk.
user-municipality-unknown = Deze NIS-code is niet van een van onze gemeenten.
user-password-short = Het wachtwoord is te kort: neem er een van minstens { $least } tekens.
user-email-taken = Er is al een account met dit e-mailadres.
user-language-unknown = Kies nl of en als taal.
user-token-label-missing = Zeg waarvoor de sleutel dient.
user-token-days-wrong = Een sleutel werkt 1 tot { $most } dagen.
user-unknown = Er is geen account met dit e-mailadres.
