-- +goose ENVSUB ON
-- +goose Up
SELECT '${ABSENT:-a ${EMPTY:-${NAME} }b}', '${NAME?must} be', '${EMPTY:--:{}}';
