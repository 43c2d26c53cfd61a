-- +goose Up
SELECT 1
  FROM "a"
