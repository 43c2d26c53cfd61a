-- +goose Up
CREATE TABLE shop.invoices (id int PRIMARY KEY);
CREATE TABLE shop.lines (invoice int REFERENCES shop.invoices (id));

-- +goose Down
DROP TABLE shop.invoices;
DROP TABLE shop.lines;
