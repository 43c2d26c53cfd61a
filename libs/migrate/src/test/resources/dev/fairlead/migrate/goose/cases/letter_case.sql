-- +goose   uP 	
SELECT 1;
--+goose DOWN
SELECT 2;
-- +gooseStatementbegin
SELECT 3
--+goose--StatementEnd
