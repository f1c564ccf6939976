-- The day an entry really belongs to, when that day is in a closed period and the entry had to land in the open one.
ALTER TABLE journal_entries
    ADD COLUMN belongs_on date CONSTRAINT journal_entries_belongs_on_check CHECK (belongs_on < effective_on);
