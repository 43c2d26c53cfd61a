-- +goose Up
ALTER TYPE shop.mood ADD VALUE 'merry' AFTER 'calm';
ALTER TYPE shop.mood ADD VALUE IF NOT EXISTS 'merry';

-- +goose Down
-- a value cannot be taken away
SELECT 1;
