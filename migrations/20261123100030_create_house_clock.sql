-- A house that lives on its own date, such as the demo: how far its clock is from the machine's. A real house has no row.
CREATE TABLE house_clock (
    only_row        boolean PRIMARY KEY DEFAULT true CONSTRAINT house_clock_only_row_check CHECK (only_row),
    offset_seconds  bigint NOT NULL            -- added to the machine's time; negative in a house that lives in the past
);
