-- What was bought, and the receipt for it.

-- +goose Up
CREATE TABLE purchase (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product integer NOT NULL CHECK (product > 0),
    buyer text NOT NULL CHECK (length(trim(buyer)) BETWEEN 1 AND 80),
    receipt text NOT NULL,
    ordered timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE purchase;
