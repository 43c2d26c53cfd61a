-- When the money came; NULL until then.

-- +goose Up
ALTER TABLE purchase ADD COLUMN settled timestamptz;

-- +goose Down
ALTER TABLE purchase DROP COLUMN settled;
