{{- /* The variables of `run.env`, as services.yaml has them. */ -}}
{{- define "marketplace.env" -}}
{{- range $name, $value := .Unit.env }}
- { name: {{ $name }}, value: {{ $value | toJson }} }
{{- end }}
{{- end -}}

{{- /* One variable from a key of a Secret: (dict "name" "PASSWORD" "secret" "postgres" "key" "password"). */ -}}
{{- define "marketplace.secretEnv" -}}
- name: {{ .name }}
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } }
{{- end -}}
