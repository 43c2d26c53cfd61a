-- When an entry was written. A constant default costs no rewrite of the table, however large it is.

-- +goose Up
ALTER TABLE entry ADD COLUMN IF NOT EXISTS written timestamptz NOT NULL DEFAULT now();

-- +goose Down
ALTER TABLE entry DROP COLUMN written;
