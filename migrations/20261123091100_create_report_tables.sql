-- A report once made is a record: a correction is a new version.
CREATE TABLE reports (
    report_id  uuid PRIMARY KEY,
    kind       text NOT NULL,
    period     text NOT NULL,                  -- 2026, 2026-Q3
    version    smallint NOT NULL,
    figures    jsonb NOT NULL,
    sheet      bytea NOT NULL,                 -- the XLSX as sent
    sha256     bytea NOT NULL,                 -- of the figures as written
    made_at    timestamptz NOT NULL,
    made_by    uuid NOT NULL REFERENCES users,
    CONSTRAINT reports_version_key UNIQUE (kind, period, version)
);
CREATE TRIGGER reports_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The one row that says this house is a demonstration, and what day it lives in.
CREATE TABLE demo_house (
    only_row   boolean PRIMARY KEY DEFAULT true CONSTRAINT demo_house_one_check CHECK (only_row),
    seed       bigint NOT NULL,
    story_end  timestamptz NOT NULL,           -- the clock of this house showed this ...
    built_at   timestamptz NOT NULL            -- ... at this moment of the real world
);
