-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    IF (SELECT last_value FROM shop.numbers) = 5 THEN
        CREATE TABLE shop.odd (id int);
    ELSE
        CREATE TABLE shop.odd (id bigint);
    END IF;
END $$;
-- +goose StatementEnd
SELECT setval('shop.numbers', 6);

-- +goose Down
DROP TABLE shop.odd;
