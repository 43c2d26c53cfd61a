// The peer of dev.fairlead.bench.template.Table: the same template and data in Go's own text/template.
// Prints the time of one rendering in microseconds: the median of 50 batches after a warm-up.
package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"text/template"
	"time"
)

const (
	rows    = 1000
	batches = 50
	batch   = 20
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	table := template.Must(template.New("table.tpl").Parse(string(text)))
	data := map[string]any{"rows": list()}
	var times []float64
	for i := range 2 * batches {
		started := time.Now()
		for range batch {
			var out bytes.Buffer
			if err := table.Execute(&out, data); err != nil {
				panic(err)
			}
		}
		if i >= batches { // the first half warms up
			times = append(times, float64(time.Since(started).Microseconds())/batch)
		}
	}
	slices.Sort(times)
	fmt.Printf("%.1f\n", times[len(times)/2])
}

func list() []any {
	var all []any
	for i := range rows {
		all = append(all, map[string]any{"name": fmt.Sprintf("row-%d", i), "value": i * 7, "last": i == rows-1})
	}
	return all
}
