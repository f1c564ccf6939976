-- Money that is held for its sender is not there to lend. As before otherwise; the same sum as domain::fund.
CREATE OR REPLACE FUNCTION fund_free_to_lend(the_fund uuid, on_day date) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT sum(amount) FROM postings
                     WHERE fund_id = the_fund AND account IN
                           ('cash_at_bank', 'contractors_payable', 'due_to_funder', 'unmatched_receipts',
                            'borrower_overpayments', 'refunds_payable', 'held_for_senders')), 0)
         + coalesce((SELECT sum(s.ceiling - coalesce(
                                (SELECT -sum(p.amount) FROM postings p JOIN journal_entries e USING (entry_id)
                                 WHERE p.source_id = s.source_id AND p.account = 'owed_to_funder' AND e.reason = 'funding_received'), 0))
                     FROM funding_sources s
                     WHERE s.fund_id = the_fund AND s.kind = 'credit_line'
                       AND s.available_from <= on_day AND (s.ends_on IS NULL OR s.ends_on >= on_day)), 0)
         - coalesce((SELECT sum(amount) FROM commitment_movements WHERE fund_id = the_fund), 0)
$$;
