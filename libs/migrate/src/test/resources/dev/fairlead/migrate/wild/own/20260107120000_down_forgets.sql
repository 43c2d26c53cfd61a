-- +goose Up
ALTER TABLE shop.invoices ADD COLUMN paid boolean DEFAULT false;
CREATE INDEX invoices_paid ON shop.invoices (id) WHERE NOT paid;
GRANT SELECT ON shop.invoices TO PUBLIC;

-- +goose Down
DROP INDEX shop.invoices_paid;
ALTER TABLE shop.invoices DROP COLUMN paid;
