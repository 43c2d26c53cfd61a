-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE shop.orders ADD COLUMN archived boolean;
-- +goose StatementBegin
CREATE OR REPLACE PROCEDURE shop.archive(batch int) LANGUAGE plpgsql AS $$
DECLARE
    moved int;
BEGIN
    LOOP
        UPDATE shop.orders SET archived = id % 2 = 0
        WHERE id IN (SELECT id FROM shop.orders WHERE archived IS NULL ORDER BY id LIMIT batch);
        GET DIAGNOSTICS moved = ROW_COUNT;
        COMMIT;
        EXIT WHEN moved = 0;
    END LOOP;
END;
$$;
-- +goose StatementEnd
CALL shop.archive(128);
-- +goose StatementBegin
DO $$
BEGIN
    FOR n IN 1..3 LOOP
        EXECUTE format('CREATE TABLE shop.part_%s (id int)', n);
        COMMIT;
    END LOOP;
END;
$$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE shop.part_1;
DROP TABLE shop.part_2;
DROP TABLE shop.part_3;
DROP PROCEDURE shop.archive(int);
ALTER TABLE shop.orders DROP COLUMN archived;
