-- One dwelling is written in many ways: “Kerk-straat 12 A” is “kerkstraat 12a”. Two rows of dwellings with the same
-- plain address are the same dwelling.
CREATE FUNCTION plain_address(street text, house_number text, box text, postcode text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(regexp_replace(street, '[^[:alnum:]]', '', 'g')) || '/'
        || lower(regexp_replace(house_number, '[^[:alnum:]]', '', 'g')) || '/'
        || lower(regexp_replace(coalesce(box, ''), '[^[:alnum:]]', '', 'g')) || '/' || postcode
$$;
CREATE INDEX dwellings_plain_address_idx ON dwellings (plain_address(street, house_number, box, postcode));
