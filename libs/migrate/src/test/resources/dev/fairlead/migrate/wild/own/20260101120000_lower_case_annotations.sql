-- +goose up
-- +goose statementbegin
CREATE TABLE shop.events (id bigint, at date NOT NULL, body jsonb) PARTITION BY RANGE (at);
CREATE TABLE shop.events_2026 PARTITION OF shop.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE shop.events_2027 PARTITION OF shop.events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- +goose statementend
CREATE INDEX events_id ON shop.events (id);

-- +goose down
DROP TABLE shop.events;
