  SELECT '	"x"\';
-- +goose Up
