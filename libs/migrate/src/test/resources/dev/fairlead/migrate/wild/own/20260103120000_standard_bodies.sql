-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION shop.twice(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT n; SELECT n * 2; END;
-- +goose StatementEnd
CREATE FUNCTION shop.half(n int) RETURNS int LANGUAGE sql RETURN n / 2;
-- +goose StatementBegin
CREATE RULE notes_kept AS ON DELETE TO shop.notes DO INSTEAD (
    UPDATE shop.notes SET note = NULL WHERE id = OLD.id;
    NOTIFY notes
);
-- +goose StatementEnd
CREATE MATERIALIZED VIEW shop.totals AS SELECT user_id, sum(total) FROM shop.orders GROUP BY 1;
CREATE VIEW shop.big AS
    SELECT *
    FROM shop.orders
    WHERE total > 100
; -- the end of it

-- +goose Down
DROP VIEW shop.big;
DROP MATERIALIZED VIEW shop.totals;
DROP RULE notes_kept ON shop.notes;
DROP FUNCTION shop.half(int);
DROP FUNCTION shop.twice(int);
