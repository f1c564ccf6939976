-- Where a figure was read is a text for people, and the house speaks two languages: `source` is English.
ALTER TABLE rule_parameters ADD COLUMN source_nl text;   -- the same as `source`, in Dutch
