-- People who work here, what they did, and rows that may never change.

-- A row in a table with this trigger is a record: it is corrected by a later row, never altered.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: its rows are records and are corrected by later rows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;

-- The municipalities an energy house works for.
CREATE TABLE municipalities (
    nis_code  char(5) PRIMARY KEY,             -- code of Statbel, the Belgian statistics office
    name      text NOT NULL CONSTRAINT municipalities_name_key UNIQUE,
    postcode  char(4) NOT NULL                 -- the main one; a municipality may have more
);

INSERT INTO municipalities (nis_code, name, postcode) VALUES
    ('34002', 'Anzegem', '8570'), ('34003', 'Avelgem', '8580'), ('34009', 'Deerlijk', '8540'),
    ('34013', 'Harelbeke', '8530'), ('34022', 'Kortrijk', '8500'), ('34023', 'Kuurne', '8520'),
    ('34025', 'Lendelede', '8860'), ('34027', 'Menen', '8930'), ('34043', 'Spiere-Helkijn', '8587'),
    ('34040', 'Waregem', '8790'), ('34041', 'Wevelgem', '8560'), ('37017', 'Wielsbeke', '8710'),
    ('34042', 'Zwevegem', '8550');

CREATE TABLE users (
    user_id        uuid PRIMARY KEY,
    email          text NOT NULL CONSTRAINT users_email_key UNIQUE,
    name           text NOT NULL,
    role           text NOT NULL CONSTRAINT users_role_check CHECK (role IN
                   ('system', 'administrator', 'housing_desk', 'loan_officer', 'committee_member', 'accountant', 'manager')),
    nis_code       char(5) REFERENCES municipalities,  -- set: sees this municipality only
    password_hash  text,                               -- argon2id in PHC format; none: cannot sign in
    language       text NOT NULL DEFAULT 'nl' CONSTRAINT users_language_check CHECK (language IN ('nl', 'en')),
    created_at     timestamptz NOT NULL,
    disabled_at    timestamptz,
    CONSTRAINT users_email_check CHECK (email = lower(email)),
    CONSTRAINT users_desk_check CHECK (role <> 'housing_desk' OR nis_code IS NOT NULL)
);

-- What jobs do at night is done by this user, so that every record has a doer.
INSERT INTO users (user_id, email, name, role, created_at)
VALUES ('00000000-0000-7000-8000-000000000001', 'system@energiehuis.invalid', 'Energiehuis', 'system', '2020-01-01T00:00:00Z');

-- Sessions of signed-in browsers (tower-sessions); the id is random and secret.
CREATE TABLE sessions (
    session_id  text PRIMARY KEY,
    data        jsonb NOT NULL,
    expires_at  timestamptz NOT NULL
);

-- Tokens for programs that call the API; only a hash is kept.
CREATE TABLE api_tokens (
    token_sha256  bytea PRIMARY KEY CONSTRAINT api_tokens_sha256_check CHECK (octet_length(token_sha256) = 32),
    user_id       uuid NOT NULL REFERENCES users,
    label         text NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);

-- Who did what to which record. Holds identifiers, never personal data.
CREATE TABLE audit_rows (
    audit_row_id  uuid PRIMARY KEY,
    at            timestamptz NOT NULL,
    user_id       uuid NOT NULL REFERENCES users,
    action        text NOT NULL,               -- application.submitted, loan.signed, ...
    subject_kind  text NOT NULL,               -- application, loan, fund, ...
    subject_id    uuid NOT NULL,
    detail        jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_rows_subject_idx ON audit_rows (subject_id, at);
CREATE TRIGGER audit_rows_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
