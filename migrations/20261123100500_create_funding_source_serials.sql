-- Funders pay with a reference of their own: 2, then nine digits of this sequence (loans use 1).
CREATE SEQUENCE funding_source_serials MAXVALUE 999999999;
