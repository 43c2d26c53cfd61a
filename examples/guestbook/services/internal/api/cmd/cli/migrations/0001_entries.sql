-- What visitors wrote. `IF NOT EXISTS` because a guestbook of before there were migrations has the table already.

-- +goose Up
CREATE TABLE IF NOT EXISTS entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author text NOT NULL CHECK (length(trim(author)) BETWEEN 1 AND 80),
    text text NOT NULL CHECK (length(trim(text)) BETWEEN 1 AND 2000)
);

-- +goose Down
DROP TABLE entry;
