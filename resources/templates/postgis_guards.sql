-- What watches over edits of a proposal in PostGIS. Two people may draw at once: whoever saves a row that another
-- changed or removed meanwhile is refused, and every row that is changed or removed is kept as it was.
CREATE TABLE {schema}.geschiedenis (
    nummer bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    moment timestamptz NOT NULL DEFAULT now(),
    tabel text NOT NULL,
    fid bigint NOT NULL,
    handeling text NOT NULL,
    rij jsonb NOT NULL);
COMMENT ON TABLE {schema}.geschiedenis IS 'Rijen zoals zij waren voordat zij werden gewijzigd of verwijderd';
CREATE INDEX ON {schema}.geschiedenis (tabel, fid);

CREATE FUNCTION {schema}.bewaak_versie() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.rij_versie := 1;
        RETURN NEW;
    END IF;
    -- A client tells which version it read by sending that, made negative: an unchanged value QGIS would not send.
    IF NEW.rij_versie NOT IN (OLD.rij_versie, -OLD.rij_versie) THEN
        RAISE EXCEPTION 'Conflict: rij % van % is intussen door een ander gewijzigd.', OLD.fid, TG_TABLE_NAME
            USING ERRCODE = 'serialization_failure',
            HINT = 'Maak uw wijziging van dit object ongedaan, ververs de laag en wijzig opnieuw.';
    END IF;
    NEW.rij_versie := OLD.rij_versie + 1;
    RETURN NEW;
END $$;

CREATE FUNCTION {schema}.weiger_verdwenen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM oud) THEN
        RAISE EXCEPTION 'Conflict: een rij van % is intussen door een ander verwijderd.', TG_TABLE_NAME
            USING ERRCODE = 'serialization_failure',
            HINT = 'Maak uw wijziging van dit object ongedaan. De verwijderde rij staat in de tabel geschiedenis.';
    END IF;
    RETURN NULL;
END $$;

-- With the rights of the owner, so that whoever may edit cannot rewrite what was.
CREATE FUNCTION {schema}.bewaar_oud() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
BEGIN
    IF was ? 'geom' THEN
        was := was || jsonb_build_object('geom', OLD.geom::text);
    END IF;
    INSERT INTO {schema}.geschiedenis (tabel, fid, handeling, rij)
        VALUES (TG_TABLE_NAME, OLD.fid, CASE TG_OP WHEN 'DELETE' THEN 'verwijderd' ELSE 'gewijzigd' END, was);
    RETURN NULL;
END $$;

CREATE FUNCTION {schema}.zet_gewijzigd() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR NEW.gewijzigd IS NULL THEN
        NEW.gewijzigd := now();
    END IF;
    RETURN NEW;
END $$;
