-- +goose Up
ALTER TABLE shop.users ALTER COLUMN mood SET DEFAULT 'merry';
UPDATE shop.users SET mood = 'merry' WHERE id % 2 = 0;

-- +goose Down
UPDATE shop.users SET mood = 'calm' WHERE mood = 'merry';
ALTER TABLE shop.users ALTER COLUMN mood SET DEFAULT 'calm';
