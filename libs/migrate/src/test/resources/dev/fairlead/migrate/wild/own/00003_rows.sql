-- +goose Up
INSERT INTO shop.users (name) SELECT 'user ' || n FROM generate_series(1, 300) n;
INSERT INTO shop.orders (id, user_id, total) SELECT n, 1 + n % 300, n FROM generate_series(1, 1000) n;

-- +goose Down
DELETE FROM shop.orders;
DELETE FROM shop.users;
