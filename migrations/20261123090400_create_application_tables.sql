-- A family asks: people, dwelling, works, quotes, incomes, and the decision of two others.

CREATE TABLE persons (
    person_id    uuid PRIMARY KEY,
    given_name   text NOT NULL,
    family_name  text NOT NULL,
    -- National number: allowed for the report of Energy Decree art. 9.1.4 and the credit register only.
    insz         char(11) NOT NULL CONSTRAINT persons_insz_key UNIQUE,
    born_on      date NOT NULL,                -- asked, never derived from the national number
    email        text,
    phone        text,
    language     text NOT NULL CONSTRAINT persons_language_check CHECK (language IN ('nl', 'en')),
    created_at   timestamptz NOT NULL
);

CREATE TABLE dwellings (
    dwelling_id  uuid PRIMARY KEY,
    street       text NOT NULL,
    house_number text NOT NULL,
    box          text,
    postcode     char(4) NOT NULL,
    locality     text NOT NULL,
    nis_code     char(5) NOT NULL REFERENCES municipalities,
    built_in     smallint,
    bought_on    date,
    epc_label    text CONSTRAINT dwellings_epc_label_check CHECK (epc_label IN ('A+', 'A', 'B', 'C', 'D', 'E', 'F')),
    epc_number   text,                         -- number of the EPC certificate
    epc_score    integer,                      -- kWh per square metre and year
    created_at   timestamptz NOT NULL,
    CONSTRAINT dwellings_address_key UNIQUE NULLS NOT DISTINCT (street, house_number, box, postcode)
);

CREATE TABLE contractors (
    contractor_id      uuid PRIMARY KEY,
    name               text NOT NULL,
    enterprise_number  char(10) NOT NULL CONSTRAINT contractors_enterprise_number_key UNIQUE,
    iban               text NOT NULL,
    email              text,
    created_at         timestamptz NOT NULL
);

CREATE TABLE applications (
    application_id   uuid PRIMARY KEY,
    number           text NOT NULL CONSTRAINT applications_number_key UNIQUE,  -- A-2026-00012
    product          text NOT NULL,
    fund_id          uuid NOT NULL REFERENCES funds,
    nis_code         char(5) NOT NULL REFERENCES municipalities,
    dwelling_id      uuid NOT NULL REFERENCES dwellings,
    applied_on       date NOT NULL,            -- the rules of this day judge it
    amount           numeric(14,2) NOT NULL CONSTRAINT applications_amount_check CHECK (amount > 0),
    instalments      integer,                  -- wanted number, for a product with instalments
    answers          jsonb NOT NULL,           -- what the family declared (domain::application::Answers)
    verdict          jsonb NOT NULL,           -- explained, with the rules and figures that were used
    state            text NOT NULL CONSTRAINT applications_state_check CHECK (state IN
                     ('submitted', 'approved', 'refused', 'withdrawn', 'signed')),
    made_by          uuid NOT NULL REFERENCES users,   -- the maker, who never decides
    came_by          text NOT NULL CONSTRAINT applications_came_by_check CHECK (came_by IN ('page', 'api', 'csv', 'demo')),
    idempotency_key  text CONSTRAINT applications_idempotency_key_key UNIQUE,
    body_sha256      bytea,                    -- of the request that came with the key
    submitted_at     timestamptz NOT NULL,
    decided_at       timestamptz,
    refusal_reason   text,
    withdrawn_at     timestamptz,
    signed_at        timestamptz,
    CONSTRAINT applications_maker_key UNIQUE (application_id, made_by),
    CONSTRAINT applications_state_dates_check CHECK (
        (decided_at IS NOT NULL) = (state IN ('approved', 'refused', 'signed') OR (state = 'withdrawn' AND decided_at IS NOT NULL))
        AND (refusal_reason IS NOT NULL) = (state = 'refused')
        AND (withdrawn_at IS NOT NULL) = (state = 'withdrawn')
        AND (signed_at IS NOT NULL) = (state = 'signed'))
);
CREATE INDEX applications_state_idx ON applications (state, submitted_at);
CREATE INDEX applications_nis_code_idx ON applications (nis_code);
CREATE SEQUENCE application_numbers;

CREATE TABLE application_people (
    application_id  uuid NOT NULL REFERENCES applications,
    person_id       uuid NOT NULL REFERENCES persons,
    role            text NOT NULL CONSTRAINT application_people_role_check CHECK (role IN ('applicant', 'co_applicant')),
    PRIMARY KEY (application_id, person_id)
);
CREATE UNIQUE INDEX application_people_one_applicant_idx ON application_people (application_id) WHERE role = 'applicant';

CREATE TABLE application_incomes (
    application_id  uuid NOT NULL REFERENCES applications,
    line            smallint NOT NULL,
    person_id       uuid NOT NULL REFERENCES persons,
    kind            text NOT NULL CONSTRAINT application_incomes_kind_check CHECK (kind IN ('joint_taxable', 'gross', 'benefit', 'other')),
    income_year     smallint NOT NULL,
    amount          numeric(14,2) NOT NULL CONSTRAINT application_incomes_amount_check CHECK (amount >= 0),  -- a year
    PRIMARY KEY (application_id, line)
);

CREATE TABLE application_works (
    work_id          uuid PRIMARY KEY,
    application_id   uuid NOT NULL REFERENCES applications,
    kind             text NOT NULL,            -- code of domain::application::WorkKind
    description      text NOT NULL,
    improves_energy  boolean NOT NULL,
    structural       boolean NOT NULL,
    CONSTRAINT application_works_application_key UNIQUE (application_id, work_id)
);

CREATE TABLE application_quotes (
    quote_id        uuid PRIMARY KEY,
    application_id  uuid NOT NULL,
    work_id         uuid NOT NULL,
    contractor_id   uuid NOT NULL REFERENCES contractors,
    amount          numeric(14,2) NOT NULL CONSTRAINT application_quotes_amount_check CHECK (amount > 0),
    quoted_on       date NOT NULL,
    valid_until     date NOT NULL,
    CONSTRAINT application_quotes_work_fkey FOREIGN KEY (application_id, work_id) REFERENCES application_works (application_id, work_id),
    CONSTRAINT application_quotes_valid_until_check CHECK (valid_until >= quoted_on)
);
CREATE INDEX application_quotes_application_idx ON application_quotes (application_id);

-- The committee: two people, neither of them the maker. The database refuses voter = maker.
CREATE TABLE application_votes (
    application_id  uuid NOT NULL,
    made_by         uuid NOT NULL,
    voter_id        uuid NOT NULL REFERENCES users,
    vote            text NOT NULL CONSTRAINT application_votes_vote_check CHECK (vote IN ('approve', 'refuse')),
    reason          text NOT NULL,
    voted_at        timestamptz NOT NULL,
    PRIMARY KEY (application_id, voter_id),
    CONSTRAINT application_votes_maker_fkey FOREIGN KEY (application_id, made_by) REFERENCES applications (application_id, made_by),
    CONSTRAINT application_votes_voter_check CHECK (voter_id <> made_by)
);
CREATE TRIGGER application_votes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON application_votes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
