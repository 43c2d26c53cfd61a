{{ define "label" }}{{ .Vars.title | upper | quote }}{{ end }}
