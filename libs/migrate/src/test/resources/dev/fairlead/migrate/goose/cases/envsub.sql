-- +goose ENVSUB ON
-- +goose Up
CREATE TABLE ${REGION}post (
  $NAME text, ${NAME}_2 text, ${ABSENT:-given} text, ${EMPTY-no}x text, ${EMPTY:-yes} text
);
-- +goose Down
DROP TABLE ${REGION}post;
