-- From here on nobody adds a figure without saying in both languages where it was read.
ALTER TABLE rule_parameters ALTER COLUMN source_nl SET NOT NULL;
ALTER TABLE rule_parameters ADD CONSTRAINT rule_parameters_source_nl_check CHECK (source_nl <> '');
