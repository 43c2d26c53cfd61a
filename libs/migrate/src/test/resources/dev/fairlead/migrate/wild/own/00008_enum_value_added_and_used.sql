-- +goose NO TRANSACTION
-- +goose Up
ALTER TYPE shop.mood ADD VALUE 'grim' BEFORE 'cross';
CREATE TABLE shop.moods (mood shop.mood PRIMARY KEY DEFAULT 'grim');
INSERT INTO shop.moods VALUES ('grim'), ('calm');
CREATE INDEX CONCURRENTLY grim_users ON shop.users (id) WHERE mood = 'grim';

-- +goose Down
DROP INDEX CONCURRENTLY shop.grim_users;
DROP TABLE shop.moods;
