-- +goose Up
SELECT '$NAME';
-- +goose ENVSUB ON
SELECT '$NAME', '$$', '\$NAME', '\\', '$(now)', '$';
-- +goose ENVSUB OFF
SELECT '$NAME';
