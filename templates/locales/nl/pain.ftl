# Betaalbestanden: waarom een lijn achterblijft, en wat er fout is aan een bestand dat niet mag vertrekken.

pain-empty = Dit is leeg, of niets ervan kan in een betaalbestand.
pain-too-long = Dit heeft { $length } tekens in het betaalbestand; het hoogste is { $most }.
pain-letters = Een betaalbestand heeft alleen Latijnse letters en geen vorm voor { $letters }. Schrijf het in Latijnse letters.
pain-signs = Hier staan tekens die niet in een betaalbestand kunnen: alleen letters zonder accent, cijfers, spaties en / - ? : ( ) . , ' + mogen.
pain-id-signs = Een kenmerk heeft alleen letters zonder accent, cijfers en / - ? : ( ) . , ' +, en geen spaties.
pain-id-slash = Een kenmerk begint of eindigt niet met een schuine streep en heeft er geen twee na elkaar.
pain-id-twice = Dit kenmerk staat twee keer in het bestand; elk kenmerk is uniek.
pain-iban = Dit rekeningnummer klopt niet: de controlecijfers zijn fout. Een juist nummer ziet eruit als BE68 5390 0754 7034.
pain-outside-sepa = Een rekening in { $country } ligt buiten de SEPA-zone; betaal ze bij de bank.
pain-own-account = Dit is de rekening die betaalt; een overschrijving gaat naar een andere.
pain-address-needed = Een inning van een rekening buiten de Europese Economische Ruimte vraagt het adres van de schuldenaar, dat onze bestanden weglaten. Vraag een overschrijving.
pain-amount = Het bedrag moet tussen 0,01 en 999.999.999,99 euro liggen.
pain-day = Op deze dag staat het betalingsverkeer tussen banken stil. Kies een bankwerkdag.
pain-no-mandate = Er is geen mandaat; zonder mandaat kan niets geïnd worden.
pain-signed-later = Het mandaat is ondertekend na de dag van de inning, { $on }.
pain-sequence-twice = Het mandaat heeft in dit bestand nog een inning van de soort { $sequence }; er kan er maar één zijn.
pain-amendment-empty = Een wijziging moet zeggen wat er veranderd is.
pain-amendment-same = Een wijziging moet zeggen hoe het vroeger was; dit is hoe het nu is.

pain-unreadable = Dit is geen betaalbestand dat teruggelezen kan worden.
pain-namespace = Het bericht moet pain.001.001.09 of pain.008.001.08 zijn.
pain-attributes = Dit element heeft andere attributen dan het moet hebben.
pain-no-element = Dit element hoort hier niet.
pain-no-text = Tussen elementen mag geen tekst staan.
pain-missing = Dit element ontbreekt.
pain-one-of = Er moet er precies één zijn.
pain-code = Dit moet een van deze zijn: { $codes }.
pain-date = Dit is geen datum, of geen tijdstip, zoals een betaalbestand die schrijft.
pain-count = Dit moet een geheel getal van hoogstens 15 cijfers zijn, en minstens 1.
pain-enterprise-number = Dit is geen ondernemingsnummer van tien cijfers.
pain-creditor-id = Dit is geen Belgische schuldeiser-identificatie; een juiste ziet eruit als BE12ZZZ0456810810.
pain-ogm = Dit is geen gestructureerde mededeling van twaalf cijfers.
pain-total = De lijnen van het bestand geven { $right }.
pain-amendment-told = Een wijziging moet aangekondigd worden, en alleen waar er een is.
