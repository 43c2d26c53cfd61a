-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
BEGIN;
LOCK TABLE shop.notes IN SHARE MODE;
ALTER TABLE shop.notes ADD COLUMN author text;
COMMIT;
-- +goose StatementEnd
CREATE INDEX CONCURRENTLY notes_author ON shop.notes (author);

-- +goose Down
DROP INDEX CONCURRENTLY shop.notes_author;
-- +goose StatementBegin
BEGIN;
ALTER TABLE shop.notes DROP COLUMN author;
COMMIT;
-- +goose StatementEnd
