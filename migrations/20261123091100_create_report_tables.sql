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
