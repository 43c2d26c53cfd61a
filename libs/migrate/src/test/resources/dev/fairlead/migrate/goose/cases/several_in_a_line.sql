-- +goose Up
SELECT 1; SELECT 2; -- both
SELECT 3;SELECT
4;
