-- +goose Up
-- +goose StatementBegin
COPY a (b) FROM stdin;
1	x
\.
-- +goose StatementEnd
