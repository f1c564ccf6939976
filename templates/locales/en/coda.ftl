# Bank files: what the reader found in them and what it expected.

coda-as-is = { $text }
coda-one-of = { $firsts } or { $last }
coda-record-unknown = unknown
coda-positions = { $count ->
    [one] 1 position
   *[other] { $count } positions
}
coda-digits = { $count ->
    [one] 1 digit
   *[other] { $count } digits
}
coda-control-character = the control character { $code } at position { $position }
coda-printable-only = printable characters only
coda-known-record = a record that starts with 0, 1, 21, 22, 23, 31, 32, 33, 4, 8 or 9
coda-date = a date as day, month, year (DDMMYY)
coda-amount = 15 digits, the last three decimals
coda-thousandths = { $euros }.{ $rest }
coda-whole-cents = an amount in whole cents
coda-sign = 0 (credit) or 1 (debit)
coda-application-code = 05, as every CODA file has
coda-three-letters = three letters, like EUR
coda-account-number = an account number whose check digits are right
coda-transaction-type = a first digit from 0 to 9 other than 4, which no table of the standard holds
coda-as-in-record-before = { $number }, as in the record { $record } before
coda-as-in-record-1 = { $account }, as in record 1
coda-communication = a structured communication (type 101) whose check digits are right
coda-rebuilt-communication = a structured communication rebuilt by the bank (type 102) whose check digits are right
coda-nothing-after = no more records after it
coda-trailer = a record 9 at the end of the statement
coda-nothing = nothing in it
coda-file = a CODA file, which starts with 00000 and the date
coda-first-line = a first line that starts with { $start }
coda-old-layout = “1”, the layout of before 2007
coda-version-2 = 2; ask the bank for CODA version 2
coda-after-record = it after a record { $record }
coda-a-record = a record { $record }
coda-record-0-or-end = a record 0, or the end of the file
coda-for-record-follows = { $code }, for a record { $record } follows
coda-last-of-group = 0, for this record is the last of its group
coda-no-record-or-before = 0, or a record { $continuation } before the record { $record } that follows
coda-records-counted = { $count }, the records 1, 2, 3 and 8 of this statement
coda-sum-of-debits = { $amount }, the sum of its debit movements
coda-sum-of-credits = { $amount }, the sum of its credit movements
coda-old-balance-and-movements = { $amount }, the old balance { $old } and movements of { $moved } together
coda-says-more = 1 (another statement follows)
coda-says-last = 2 (the last statement)
coda-says-neither = neither 1 nor 2
coda-more-follows = 1, for another statement follows
coda-none-follows = 2, for no statement follows
coda-total-before = a total of type { $type } before it with the same sequence number
coda-sum-of-details = { $count ->
    [one] { $amount }, the sum of its only detail
   *[other] { $amount }, the sum of its { $count } details
}
coda-nothing-more = nothing after the positions of its type
coda-level-closed = a later record of this movement with the code { $code }, which closes the level of details

coda-field-account = account
coda-field-account-structure = account structure
coda-field-amount = amount
coda-field-application-code = application code
coda-field-coda-sequence-number = CODA sequence number
coda-field-communication = communication
coda-field-communication-type = communication type
coda-field-creation-date = creation date
coda-field-credit-total = credit total
coda-field-currency = currency
coda-field-debit-total = debit total
coda-field-detail-number = detail number
coda-field-end = end
coda-field-entry-date = entry date
coda-field-globalisation-code = globalisation code
coda-field-identification = identification
coda-field-length = length
coda-field-link-code = link code
coda-field-multiple-file-code = multiple file code
coda-field-new-balance = new balance
coda-field-new-balance-date = new balance date
coda-field-next-code = next code
coda-field-number-of-records = number of records
coda-field-old-balance = old balance
coda-field-old-balance-date = old balance date
coda-field-order = order
coda-field-sequence-and-detail-number = sequence and detail number
coda-field-sequence-number = sequence number
coda-field-sign = sign
coda-field-sign-of-the-new-balance = sign of the new balance
coda-field-sign-of-the-old-balance = sign of the old balance
coda-field-text = text
coda-field-transaction-code = transaction code
coda-field-value-date = value date
coda-field-version = version
