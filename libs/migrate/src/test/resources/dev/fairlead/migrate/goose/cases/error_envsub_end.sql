-- +goose ENVSUB ON
-- +goose Up
SELECT ${
;
