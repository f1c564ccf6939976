-- Decisions say now what settlements said: the first ones are kept, and the name stands for the decisions that hold.
ALTER TABLE bank_line_settlements RENAME TO bank_line_settlements_until_2026;

-- The decision that stands on a line, with the first loan it is about.
CREATE VIEW bank_line_settlements AS
SELECT l.bank_line_id, p.loan_id, d.reason, d.decided_at AS settled_at, d.decided_by AS settled_by, d.bank_decision_id
FROM bank_decision_lines l
     JOIN bank_decisions d USING (bank_decision_id)
     LEFT JOIN LATERAL (SELECT loan_id FROM bank_decision_parts
                        WHERE bank_decision_id = d.bank_decision_id AND loan_id IS NOT NULL
                        ORDER BY place LIMIT 1) p ON true
WHERE NOT EXISTS (SELECT 1 FROM bank_decision_undoings u WHERE u.bank_decision_id = d.bank_decision_id);

-- The lines that wait for somebody: placed by nobody, or taken back since.
CREATE VIEW waiting_bank_lines AS
SELECT l.bank_line_id FROM bank_lines l
WHERE l.outcome = 'suspense' AND NOT EXISTS (SELECT 1 FROM bank_line_settlements z WHERE z.bank_line_id = l.bank_line_id)
UNION ALL
SELECT r.bank_line_id FROM bank_line_reopenings r
WHERE NOT EXISTS (SELECT 1 FROM bank_line_settlements z WHERE z.bank_line_id = r.bank_line_id);
