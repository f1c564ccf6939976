# Contracts.

contract-no-such-product = No contract can be made for a loan of the kind “{ $product }”.
contract-problem-future = The contract cannot be signed after today, { $today }.
contract-problem-before-decision = The contract cannot be signed before the decision of { $decided }.
