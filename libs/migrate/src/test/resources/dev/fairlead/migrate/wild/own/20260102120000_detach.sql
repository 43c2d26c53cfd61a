-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE shop.events DETACH PARTITION shop.events_2027 CONCURRENTLY;
DROP TABLE shop.events_2027;

-- +goose Down
CREATE TABLE shop.events_2027 PARTITION OF shop.events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
