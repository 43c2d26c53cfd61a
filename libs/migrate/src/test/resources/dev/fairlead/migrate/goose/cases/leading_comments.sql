-- first

   
-- second
-- +goose Up

-- third
SELECT 1
-- inside

, 2;
-- after
