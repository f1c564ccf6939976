# Contracten.

contract-no-such-product = Voor een lening van de soort “{ $product }” kan geen contract gemaakt worden.
contract-problem-future = Het contract kan niet na vandaag ({ $today }) ondertekend zijn.
contract-problem-before-decision = Het contract kan niet vóór de beslissing van { $decided } ondertekend zijn.
