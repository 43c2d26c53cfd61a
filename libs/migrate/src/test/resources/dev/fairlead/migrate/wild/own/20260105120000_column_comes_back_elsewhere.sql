-- +goose Up
ALTER TABLE shop.users DROP COLUMN name;

-- +goose Down
ALTER TABLE shop.users ADD COLUMN name text NOT NULL DEFAULT 'a;b';
CREATE UNIQUE INDEX users_name ON shop.users (lower(name));
