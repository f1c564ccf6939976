# Payment files: why a line stays behind, and what is wrong with a file that must not leave.

pain-empty = This is empty, or nothing of it can be written in a payment file.
pain-too-long = This has { $length } characters in the payment file; the most is { $most }.
pain-letters = A payment file has Latin letters only, and no form for { $letters }. Write it in Latin letters.
pain-signs = This holds characters that a payment file cannot hold: only letters without accents, digits, blanks and / - ? : ( ) . , ' + are allowed.
pain-id-signs = An identifier holds only letters without accents, digits and / - ? : ( ) . , ' +, and no blanks.
pain-id-slash = An identifier does not start or end with a slash, nor hold two in a row.
pain-id-twice = This identifier is in the file twice; each must be unique.
pain-iban = This account number is not right: its check digits do not agree. A right one looks like BE68 5390 0754 7034.
pain-outside-sepa = An account in { $country } is outside the SEPA zone; pay it at the bank.
pain-own-account = This is the account that pays; a transfer goes to another one.
pain-address-needed = A collection from an account outside the European Economic Area needs the address of the debtor, which our files leave out. Ask for a transfer.
pain-amount = The amount must be from 0.01 to 999,999,999.99 euro.
pain-day = Payments between banks stand still on this day. Choose a banking day.
pain-no-mandate = There is no mandate; nothing can be collected without one.
pain-signed-later = The mandate was signed after the day of the collection, { $on }.
pain-sequence-twice = The mandate has another collection of the kind { $sequence } in this file; there can be only one.
pain-amendment-empty = An amendment must say what changed.
pain-amendment-same = An amendment must name what it was before; this is what it is now.

pain-unreadable = This is not a payment file that can be read back.
pain-namespace = The message must be pain.001.001.09 or pain.008.001.08.
pain-attributes = This element has other attributes than it should.
pain-no-element = This element does not belong here.
pain-no-text = There must be no text between elements.
pain-missing = This element is missing.
pain-one-of = There must be exactly one.
pain-code = This must be one of: { $codes }.
pain-date = This is not a date, or not a moment, as a payment file writes it.
pain-count = This must be a whole number of at most 15 digits, and at least 1.
pain-enterprise-number = This is not an enterprise number of ten digits.
pain-creditor-id = This is not a Belgian creditor identifier; one looks like BE12ZZZ0456810810.
pain-ogm = This is not a structured communication of twelve digits.
pain-total = The lines of the file make { $right }.
pain-amendment-told = An amendment must be announced, and only where there is one.
