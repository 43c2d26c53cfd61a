{{- /* The Service of a unit, with the ports that services.yaml gives it. */ -}}
{{- define "marketplace.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Unit.name }}
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "marketplace.selector" . | nindent 4 }}
  ports:
    {{- range $name, $number := .Ports }}
    - { name: {{ $name }}, port: {{ $number }}, targetPort: {{ $name }} }
    {{- end }}
{{- end -}}

{{- define "marketplace.ports" -}}
{{- range $name, $number := .Ports }}
- { name: {{ $name }}, containerPort: {{ $number }} }
{{- end }}
{{- end -}}
