-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_user ON shop.orders (user_id);
CREATE UNIQUE INDEX CONCURRENTLY users_name ON shop.users (lower(name));
CREATE INDEX CONCURRENTLY orders_open
    ON shop.orders (placed DESC)
    INCLUDE (total)
    WHERE archived IS NOT TRUE;
DROP INDEX CONCURRENTLY IF EXISTS shop.orders_never;
CREATE INDEX CONCURRENTLY ON shop.orders (total);
REINDEX INDEX CONCURRENTLY shop.orders_user;
VACUUM (ANALYZE) shop.orders;

-- +goose Down
DROP INDEX CONCURRENTLY shop.orders_total_idx;
DROP INDEX CONCURRENTLY shop.orders_open;
DROP INDEX CONCURRENTLY shop.users_name;
DROP INDEX CONCURRENTLY shop.orders_user;
