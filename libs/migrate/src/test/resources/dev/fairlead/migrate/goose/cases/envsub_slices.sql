-- +goose ENVSUB ON
-- +goose Up
SELECT '${REGION:3}', '${REGION:0:2}', '${REGION: -3}', '${REGION: -99}', '${REGION:99}', '${REGION:1:-1}', '${REGION:2:-99}', '${UNICODE:3:4}', '${ABSENT:1:2}';
