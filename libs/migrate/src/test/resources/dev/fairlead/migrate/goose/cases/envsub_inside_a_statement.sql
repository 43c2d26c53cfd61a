-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS void AS $$
-- +goose ENVSUB ON
BEGIN
  RAISE NOTICE '${NAME} \$NAME';
END;
-- +goose ENVSUB OFF
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
SELECT 1;
