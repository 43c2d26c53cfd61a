{{- /* The labels of every object of a unit. */ -}}
{{- define "marketplace.labels" -}}
{{ include "marketplace.selector" . }}
app.kubernetes.io/part-of: {{ .Project }}
app.kubernetes.io/component: {{ .Unit.stage }}
app.kubernetes.io/version: {{ .Versions.marketplace | quote }}
{{- end -}}

{{- /* What a selector may use: labels that never change. Pods have no others of ours: a new version restarts only what it changes. */ -}}
{{- define "marketplace.selector" -}}
app.kubernetes.io/name: {{ .Unit.name }}
{{- end -}}
