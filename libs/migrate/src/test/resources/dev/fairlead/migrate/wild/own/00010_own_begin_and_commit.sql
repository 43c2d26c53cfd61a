-- +goose Up
BEGIN;
CREATE TABLE shop.notes (id int PRIMARY KEY, note text);
COMMENT ON TABLE shop.notes IS 'it''s; a note';
COMMIT;

-- +goose Down
BEGIN;
DROP TABLE shop.notes;
COMMIT;
