-- +goose Up
-- +goose ENVSUB ON
CREATE TABLE ${SHOP_SCHEMA}.limits (most int DEFAULT ${SHOP_LIMIT}, least int DEFAULT ${SHOP_LEAST:-3});
-- +goose ENVSUB OFF
-- +goose StatementBegin
CREATE FUNCTION shop.price(tax numeric) RETURNS text LANGUAGE sql AS $$ SELECT '${SHOP_LIMIT}' || $1 $$;
-- +goose StatementEnd

-- +goose Down
-- +goose ENVSUB ON
DROP TABLE ${SHOP_SCHEMA}.limits;
-- +goose ENVSUB OFF
DROP FUNCTION shop.price(numeric);
