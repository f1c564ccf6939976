-- Funds, where their money comes from, and what is promised.

CREATE TABLE funds (
    fund_id     uuid PRIMARY KEY,
    code        text NOT NULL CONSTRAINT funds_code_key UNIQUE,
    name        text NOT NULL,
    product     text NOT NULL CONSTRAINT funds_product_check CHECK (product IN
                ('emergency_buyer', 'rolling_fund', 'energy_loan', 'renovation_loan')),
    iban        text NOT NULL CONSTRAINT funds_iban_key UNIQUE,  -- the fund's own bank account
    bic         text,
    created_at  timestamptz NOT NULL
);

-- A source of money of a fund: a credit line that must be passed back, a grant that revolves, own means.
CREATE TABLE funding_sources (
    source_id         uuid PRIMARY KEY,
    fund_id           uuid NOT NULL REFERENCES funds,
    kind              text NOT NULL CONSTRAINT funding_sources_kind_check CHECK (kind IN ('credit_line', 'grant', 'own_means')),
    funder            text NOT NULL,                   -- VEKA, Provincie West-Vlaanderen, a municipality
    nis_code          char(5) REFERENCES municipalities,  -- set: the approved project of this OCMW, for its families only
    ceiling           numeric(14,2) NOT NULL CONSTRAINT funding_sources_ceiling_check CHECK (ceiling > 0),
    revolves          boolean NOT NULL,                -- false: repaid principal goes back to the funder
    pass_on_within_days integer,                       -- term in which repaid principal is passed on
    available_from    date NOT NULL,
    ends_on           date,                            -- last day on which new money may be committed
    ogm               char(12) NOT NULL CONSTRAINT funding_sources_ogm_key UNIQUE,  -- reference the funder pays with
    funder_iban       text,                            -- where repaid principal is passed on to
    created_at        timestamptz NOT NULL,
    CONSTRAINT funding_sources_fund_key UNIQUE (fund_id, source_id),
    CONSTRAINT funding_sources_pass_on_check CHECK (revolves = (pass_on_within_days IS NULL)),
    CONSTRAINT funding_sources_credit_line_check CHECK (kind <> 'credit_line' OR NOT revolves),
    CONSTRAINT funding_sources_funder_iban_check CHECK (revolves OR funder_iban IS NOT NULL),
    CONSTRAINT funding_sources_ends_on_check CHECK (ends_on IS NULL OR ends_on >= available_from)
);
CREATE INDEX funding_sources_fund_idx ON funding_sources (fund_id);
