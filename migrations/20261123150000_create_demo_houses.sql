-- A house that was made up by `energiehuis demo`. A real house has no row.
CREATE TABLE demo_houses (
    only_row     boolean PRIMARY KEY DEFAULT true CONSTRAINT demo_houses_only_row_check CHECK (only_row),
    seed         bigint NOT NULL CONSTRAINT demo_houses_seed_check CHECK (seed >= 0),  -- everything in the house follows from it
    families     integer NOT NULL,
    years        integer NOT NULL,
    began_at     timestamptz NOT NULL,     -- on the clock of the machine
    finished_at  timestamptz               -- none: the making was cut off, and nothing in this house counts
);
