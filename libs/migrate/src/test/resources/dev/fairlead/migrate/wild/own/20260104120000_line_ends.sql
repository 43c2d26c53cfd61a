-- +goose Up
CREATE TABLE shop.windows (
    id int,
    line text DEFAULT $$a
b$$
);
CREATE INDEX windows_id ON shop.windows (id);

-- +goose Down
DROP TABLE shop.windows;
