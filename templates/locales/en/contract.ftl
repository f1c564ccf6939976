# Contracts.

contract-problem-future = The contract cannot be signed after today, { $today }.
contract-problem-before-decision = The contract cannot be signed before the decision of { $decided }.
contract-problem-valuation-needed = The fund gets { $share } of a gain in value. Say what the dwelling is worth before the works, and who valued it.
contract-problem-valuation-not-asked = This contract shares no gain in value. Leave the valuation out.
contract-problem-grace-not-asked = The first instalment of this loan cannot be put off by choice. Leave this empty.
contract-problem-grace-too-long = The first instalment falls due at most { $most } months after the signature.
