-- +goose Up
CREATE TABLE entry (id bigint PRIMARY KEY, text text NOT NULL);
-- +goose Down
DROP TABLE entry;
