-- +goose Up
SELECT 1;
-- see +goose for more
