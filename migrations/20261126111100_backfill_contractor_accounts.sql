-- Contractors that the house knew before: the account they came with.
INSERT INTO contractor_accounts (contractor_id, position, iban, recorded_at)
SELECT contractor_id, 1, iban, created_at FROM contractors;
