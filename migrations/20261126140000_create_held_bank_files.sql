-- Bank files that are right in themselves and do not follow on the last statement of their account: kept as received
-- until what is missing has come, or a person says what to do. Nothing of them is booked meanwhile.

CREATE TABLE bank_files_held (
    held_file_id  uuid PRIMARY KEY,
    sha256        bytea NOT NULL,
    name          text NOT NULL,
    content       bytea NOT NULL,              -- as received, to the byte
    problems      jsonb NOT NULL,              -- the sentences that said why, as keys with their values
    held_at       timestamptz NOT NULL,
    held_by       uuid NOT NULL REFERENCES users
);
CREATE INDEX bank_files_held_sha256_idx ON bank_files_held (sha256);
CREATE TRIGGER bank_files_held_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_files_held
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How the waiting of a held file ended: a later record, never a change.
CREATE TABLE bank_files_released (
    held_file_id  uuid PRIMARY KEY REFERENCES bank_files_held,
    outcome       text NOT NULL CONSTRAINT bank_files_released_outcome_check
                  CHECK (outcome IN ('imported', 'accepted', 'known', 'discarded')),
    bank_file_id  uuid REFERENCES bank_files,  -- the file as it was booked
    reason        text,                        -- of the person who accepted the gap or threw the file away
    released_at   timestamptz NOT NULL,
    released_by   uuid NOT NULL REFERENCES users,
    CONSTRAINT bank_files_released_file_check CHECK ((outcome IN ('imported', 'accepted')) = (bank_file_id IS NOT NULL)),
    CONSTRAINT bank_files_released_reason_check CHECK ((outcome IN ('accepted', 'discarded')) = (reason IS NOT NULL))
);
CREATE TRIGGER bank_files_released_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_files_released
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
