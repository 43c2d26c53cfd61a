-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS int AS $$
-- a comment stays;

BEGIN
  RETURN 1;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
-- +goose Down
-- +goose StatementBegin
DROP FUNCTION f()
-- +goose StatementEnd
