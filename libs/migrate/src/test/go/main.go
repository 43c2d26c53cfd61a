// Command truth asks the real goose what it sends for a file and what it says of a file that it refuses, as the measure
// of the Java reader. goose runs against a database driver that only writes down what it is given.
//
//	truth golden FOLDER   reads every *.sql of the folder and writes a *.golden beside each
//	truth serve           reads one JSON request a line and answers with one JSON line
package main

import (
	"bufio"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

type request struct {
	SQL   string            `json:"sql"`
	Env   map[string]string `json:"env"`
	Files []string          `json:"files"`
}

type answer struct {
	Transaction bool     `json:"transaction"`
	Up          []string `json:"up"`
	Down        []string `json:"down"`
	Error       string   `json:"error"`
}

func main() {
	log.SetOutput(os.Stderr)
	if len(os.Args) == 3 && os.Args[1] == "golden" {
		golden(os.Args[2])
	} else if len(os.Args) == 2 && os.Args[1] == "serve" {
		serve()
	} else {
		fmt.Fprintln(os.Stderr, "usage: truth golden FOLDER | truth serve")
		os.Exit(2)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func golden(folder string) {
	env := map[string]string{"REGION": "us_east_", "EMPTY": "", "NAME": "foo", "UNICODE": "grün"}
	files, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	check(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		out, err := os.Create(strings.TrimSuffix(file, ".sql") + ".golden")
		check(err)
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		check(encoder.Encode(parse(request{SQL: string(text), Env: env})))
		check(out.Close())
	}
}

func serve() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64*1024*1024)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var asked request
		check(json.Unmarshal(in.Bytes(), &asked))
		if asked.Files != nil {
			check(encoder.Encode(answer{Error: collect(asked.Files)}))
		} else {
			check(encoder.Encode(parse(asked)))
		}
	}
	check(in.Err())
}

// parse runs a file in both directions and writes down what is sent.
func parse(asked request) answer {
	for name, value := range asked.Env {
		check(os.Setenv(name, value))
		defer os.Unsetenv(name)
	}
	given := answer{Up: []string{}, Down: []string{}}
	for _, up := range []bool{true, false} {
		seen := &recorder{}
		provider, err := goose.NewProvider(
			goose.DialectPostgres,
			sql.OpenDB(seen),
			fstest.MapFS{"1_x.sql": {Data: []byte(asked.SQL)}},
			goose.WithDisableVersioning(true))
		check(err)
		_, err = provider.ApplyVersion(context.Background(), 1, up)
		if err != nil {
			given.Error = strings.TrimPrefix(
				err.Error(), "failed to prepare migration (type:sql,version:1): failed to parse 1_x.sql: ")
			return answer{Up: []string{}, Down: []string{}, Error: given.Error}
		}
		given.Transaction = seen.transaction
		if up {
			given.Up = append(given.Up, seen.statements...)
		} else {
			given.Down = append(given.Down, seen.statements...)
		}
	}
	return given
}

// collect says what goose has against the names of a folder: as a library, then as a command.
func collect(names []string) string {
	folder := fstest.MapFS{}
	for _, name := range names {
		folder[name] = &fstest.MapFile{Data: []byte("-- +goose Up\nSELECT 1;\n")}
	}
	_, err := goose.NewProvider(
		goose.DialectPostgres, sql.OpenDB(&recorder{}), fs.FS(folder), goose.WithDisableVersioning(true))
	if err != nil {
		return err.Error()
	}
	goose.SetBaseFS(folder)
	if _, err = goose.CollectMigrations(".", 0, math.MaxInt64); err != nil {
		return err.Error()
	}
	return ""
}

// recorder is a database that accepts everything.
type recorder struct {
	transaction bool
	statements  []string
}

func (r *recorder) Connect(context.Context) (driver.Conn, error) { return &conn{r}, nil }
func (r *recorder) Driver() driver.Driver                        { return nil }

type conn struct{ seen *recorder }

func (c *conn) Prepare(string) (driver.Stmt, error) { return nil, driver.ErrSkip }
func (c *conn) Close() error                        { return nil }
func (c *conn) Begin() (driver.Tx, error) {
	c.seen.transaction = true
	return transaction{}, nil
}

func (c *conn) ExecContext(_ context.Context, text string, _ []driver.NamedValue) (driver.Result, error) {
	c.seen.statements = append(c.seen.statements, text)
	return driver.ResultNoRows, nil
}

type transaction struct{}

func (transaction) Commit() error   { return nil }
func (transaction) Rollback() error { return nil }
