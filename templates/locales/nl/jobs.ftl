jobs-date-in-future = Een taak kan niet voor een datum na vandaag, {$today}: wat dan vervalt, is nog niet verschuldigd.
