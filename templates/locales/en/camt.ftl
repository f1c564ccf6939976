# CAMT files: what the reader found in them and what it expected.

bank-file-of-a-known-format = a CODA file, which starts with 00000 and the date, or a CAMT.053 or CAMT.054 file, which is XML

camt-nothing = nothing
camt-character-set = the character set { $name }
camt-known-character-set = a character set that exists, like UTF-8
camt-foreign-byte = a byte that is no text
camt-text-in = text in { $name }
camt-no-namespace = no namespace
camt-other-namespace = the namespace { $name }
camt-namespace = urn:iso:std:iso:20022:tech:xsd:camt.053.001 or camt.054.001, version 02, 03, 04, 06 or 08
camt-body = { $name }, as { $message } has
camt-no-root = no element at all
camt-message-of-iso = a message of ISO 20022
camt-second-root = a second document
camt-one-root = one document and nothing around it
camt-dtd = a document type definition (DOCTYPE)
camt-no-dtd = none: a bank file has none, and what it defines is not read
camt-entity = the entity &{ $name };
camt-five-entities = only the five of XML: amp, lt, gt, quot, apos
camt-too-deep = more than { $most } elements inside each other
camt-attribute = an attribute that cannot be read ({ $detail })
camt-cut-off = a tag that does not end
camt-well-formed = well-formed XML
camt-closing-tag = </{ $name }>
camt-end-of-file = the end of the file
camt-control-character = the control character { $code }
camt-no-statement = no statement
camt-a-statement = a statement of an account (Stmt or Ntfctn)
camt-page = page { $number }, { $last ->
    [yes] the last one
   *[no] and more pages follow
}
camt-whole = the whole statement in one file: ask the bank for it without pages
camt-account = an account, as IBAN or as another number
camt-opening-balance = an opening balance (OPBD, or PRCD)
camt-closing-balance = a closing balance (CLBD)
camt-currency-of-account = { $currency }, the currency of the account
camt-no-currency = no currency
camt-amount = an amount in digits with a point and without a sign, like 1234.50
camt-amount-not-so-large = an amount below 1,000,000,000,000
camt-credit-or-debit = CRDT or DBIT
camt-date = a date like 2026-10-16, or a moment like 2026-10-16T08:00:00
camt-count = a number
camt-status = BOOK, PDNG or INFO
camt-not-booked = BOOK; it is shown, and is no money yet
camt-taken-as = a booking date; { $on } is taken for it
camt-no-amount = not every amount, or amounts of before charges
camt-amount-of-each = { $count ->
    [one] the amount of its transaction; only the total is kept
   *[other] the amount of each of its { $count } transactions; only the total is kept
}
camt-transactions-counted = { $count }, the transactions that are in it
camt-entries-counted = { $count }, the booked entries of this statement
camt-sum-of-entries = { $amount }, the sum of its booked entries
camt-communication = a structured communication (12 digits) whose check digits are right
camt-creditor-reference = a creditor reference (RF) whose check digits are right
