-- +goose ENVSUB ON
-- +goose Up
SELECT ${ABSENT?please set it};
