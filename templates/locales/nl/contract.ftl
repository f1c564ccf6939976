# Contracten.

contract-problem-future = Het contract kan niet na vandaag ({ $today }) ondertekend zijn.
contract-problem-before-decision = Het contract kan niet vóór de beslissing van { $decided } ondertekend zijn.
contract-problem-valuation-needed = Het fonds krijgt { $share } van een meerwaarde. Geef de waarde van de woning vóór de werken en wie ze schatte.
contract-problem-valuation-not-asked = Dit contract deelt geen meerwaarde. Laat de schatting weg.
contract-problem-grace-not-asked = Bij deze lening kan de eerste aflossing niet uitgesteld worden. Laat dit leeg.
contract-problem-grace-too-long = De eerste aflossing vervalt hoogstens { $most } maanden na de ondertekening.
