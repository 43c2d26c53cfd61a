-- +goose Up
-- +goose StatementBegin
SELECT 1;
-- +goose StatementEnd
SELECT 2
-- +goose Down
