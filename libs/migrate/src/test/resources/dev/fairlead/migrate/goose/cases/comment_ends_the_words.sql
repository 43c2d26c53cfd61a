-- +goose Up
SELECT 1 -- not yet;
, 2; -- now
SELECT 'a --b';
;
