-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION shop.partition_for(day date) RETURNS text LANGUAGE plpgsql AS $body$
DECLARE
    made text := 'orders_' || to_char(day, 'YYYYMMDD');
BEGIN
    EXECUTE format($q$CREATE TABLE IF NOT EXISTS shop.%I (note text DEFAULT $a$x;y$a$)$q$, made);
    RETURN made;
END;
$body$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION shop.touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.placed := now(); -- +goose Down is not meant here
    RETURN NEW;
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER orders_touched BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touched();
SELECT shop.partition_for('2026-01-01');

-- +goose Down
DROP TABLE shop.orders_20260101;
DROP TRIGGER orders_touched ON shop.orders;
DROP FUNCTION shop.touched();
DROP FUNCTION shop.partition_for(date);
