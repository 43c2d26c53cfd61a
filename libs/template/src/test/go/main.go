// Command truth renders templates with Go's own text/template, as the measure of the Java library.
//
//	truth golden FOLDER   reads every *.cases of the folder and writes a *.golden beside each
//	truth serve           reads one JSON request a line and answers with one JSON line
//
// A .cases file has one case a line; ⏎ stands for a line break and ⇥ for a tab. Lines that begin with @ set what
// follows: @data JSON, @missing MODE, @partial NAME :: TEXT, @reset. Lines that begin with # are comments.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

type partial struct{ Name, Text string }

type request struct {
	Template string          `json:"template"`
	Data     json.RawMessage `json:"data"`
	Missing  string          `json:"missing"`
	Partials []partial       `json:"partials"`
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == "golden" {
		files, err := filepath.Glob(filepath.Join(os.Args[2], "*.cases"))
		check(err)
		for _, file := range files {
			golden(file)
		}
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

func golden(file string) {
	text, err := os.ReadFile(file)
	check(err)
	var out bytes.Buffer
	current := request{Data: json.RawMessage("null"), Missing: "default"}
	for number, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case word == "@reset":
			current = request{Data: json.RawMessage("null"), Missing: "default"}
		case word == "@data":
			if !json.Valid([]byte(rest)) {
				check(fmt.Errorf("%s:%d: bad JSON", file, number+1))
			}
			current.Data = json.RawMessage(rest)
		case word == "@missing":
			current.Missing = rest
		case word == "@partial":
			name, body, _ := strings.Cut(rest, " :: ")
			current.Partials = append(current.Partials, partial{name, unfold(body)})
		default:
			current.Template = unfold(line)
			result, err := render(current)
			out.WriteString(line + "\n")
			if err != nil {
				out.WriteString("\t! " + fold(err.Error()) + "\n")
			} else {
				out.WriteString("\t= " + fold(result) + "\n")
			}
		}
	}
	check(os.WriteFile(strings.TrimSuffix(file, ".cases")+".golden", out.Bytes(), 0o644))
}

func unfold(text string) string {
	return strings.NewReplacer("⏎", "\n", "⇥", "\t").Replace(text)
}

func fold(text string) string {
	return strings.NewReplacer("\n", "⏎", "\t", "⇥", "\r", "␍", "\x00", "␀").Replace(text)
}

func serve() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<24)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		var asked request
		check(json.Unmarshal(in.Bytes(), &asked))
		text, err := render(asked)
		answer := map[string]string{"text": text}
		if err != nil {
			answer = map[string]string{"error": err.Error()}
		}
		line, err := json.Marshal(answer)
		check(err)
		out.Write(line)
		out.WriteByte('\n')
		check(out.Flush())
	}
}

func render(asked request) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(asked.Data))
	decoder.UseNumber()
	var data any
	check(decoder.Decode(&data))
	set := template.New("main").Option("missingkey=" + asked.Missing)
	for _, one := range asked.Partials {
		if _, err := set.New(one.Name).Parse(one.Text); err != nil {
			return "", err
		}
	}
	if _, err := set.Parse(asked.Template); err != nil {
		return "", err
	}
	var out bytes.Buffer
	err := set.Execute(&out, value(data))
	return out.String(), err
}

// value gives JSON its Go types: {"$t": TYPE, "v": ...} is a typed map or list, {"$fn": NAME} a function.
func value(data any) any {
	switch data := data.(type) {
	case json.Number:
		if whole, err := strconv.Atoi(string(data)); err == nil {
			return whole
		}
		real, err := data.Float64()
		check(err)
		return real
	case []any:
		list := make([]any, len(data))
		for i := range data {
			list[i] = value(data[i])
		}
		return list
	case map[string]any:
		if name, ok := data["$fn"].(string); ok {
			return functions[name]
		}
		if name, ok := data["$t"].(string); ok {
			return typed(name, value(data["v"]))
		}
		entries := make(map[string]any, len(data))
		for key := range data {
			entries[key] = value(data[key])
		}
		return entries
	}
	return data
}

var functions = map[string]any{
	"greet": func(name any) any { return fmt.Sprint("hello ", name) },
	"count": func(values ...any) any { return len(values) },
}

func typed(name string, data any) any {
	switch name {
	case "map[string]string":
		return mapOf[string](data)
	case "map[string]int":
		return mapOf[int](data)
	case "map[string]float64":
		return mapOf[float64](data)
	case "map[string]bool":
		return mapOf[bool](data)
	case "map[string]map[string]string":
		return mapOf[map[string]string](data)
	case "[]string":
		return listOf[string](data)
	case "[]int":
		return listOf[int](data)
	case "[]float64":
		return listOf[float64](data)
	case "[]bool":
		return listOf[bool](data)
	}
	check(fmt.Errorf("no type %s", name))
	return nil
}

func mapOf[T any](data any) map[string]T {
	entries := map[string]T{}
	for key, element := range data.(map[string]any) {
		entries[key] = element.(T)
	}
	return entries
}

func listOf[T any](data any) []T {
	list := make([]T, 0, len(data.([]any)))
	for _, element := range data.([]any) {
		list = append(list, element.(T))
	}
	return list
}
