-- +goose Up
-- +goose StatementBegin
-- +goose StatementEnd
SELECT 'lost';
SELECT 'kept';
