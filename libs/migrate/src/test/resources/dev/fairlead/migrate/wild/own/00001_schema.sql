-- +goose Up
CREATE SCHEMA shop;
CREATE TYPE shop.mood AS ENUM ('calm', 'cross'); -- two to begin with
CREATE TABLE shop.users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL DEFAULT 'a;b', -- a semicolon in a text; and in a comment;
    mood shop.mood NOT NULL DEFAULT 'calm'
);
CREATE TABLE shop.orders (
    id bigint PRIMARY KEY,
    user_id bigint REFERENCES shop.users (id),
    total numeric(12, 2) CHECK (total >= 0),
    placed timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE shop.orders;
DROP TABLE shop.users;
DROP TYPE shop.mood;
DROP SCHEMA shop;
