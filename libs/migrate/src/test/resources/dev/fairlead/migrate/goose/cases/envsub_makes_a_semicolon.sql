-- +goose ENVSUB ON
-- +goose Up
SELECT 1${ABSENT:-;}
SELECT 2;
