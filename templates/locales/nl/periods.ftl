# Afgesloten periodes van een fonds.

period-closed = Op {$on} kan in {$fund} niets meer worden geboekt: de eerste open dag is {$open}.
period-not-over = Alleen wat voorbij is kan worden afgesloten. Kies een dag vóór vandaag, {$today}.
period-closed-already = {$fund} is al afgesloten tot en met {$closed}. Kies een latere dag.
period-bank-behind = Het laatste uittreksel van {$fund} is van {$statement}. Neem eerst een uittreksel van na {$through}: wat de bank daarna nog over een afgesloten dag zegt, kan niet meer worden geboekt.
period-closed-now = {$fund} is afgesloten tot en met {$through}. Boeken kan vanaf {$open}.
period-belongs-on = hoort bij {$on}, geboekt in de open periode

funds-closed-through = Afgesloten tot en met {$day}.
funds-not-closed = Er is nog geen periode afgesloten.
funds-close-through = Afsluiten tot en met
funds-close = Periode afsluiten
funds-close-help = Daarna kan op die dag of vroeger niets meer worden geboekt. Een rechtzetting komt op de eerste open dag en zegt bij welke dag ze hoort. Dit kan niet ongedaan worden gemaakt.
