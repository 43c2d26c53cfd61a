{{- /* The labels of every object of a unit. */ -}}
{{- define "guestbook.labels" -}}
{{ include "guestbook.selector" . }}
app.kubernetes.io/part-of: {{ .Project }}
app.kubernetes.io/version: {{ .Versions.app | quote }}
{{- end -}}

{{- /* What a selector may use: labels that never change. */ -}}
{{- define "guestbook.selector" -}}
app.kubernetes.io/name: {{ .Unit.name }}
{{- end -}}
