{{- /* The Ingress of a unit: (dict "root" . "host" .Domain "path" "/"). */ -}}
{{- define "marketplace.ingress" -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ .root.Unit.name }}
  labels:
    {{- include "marketplace.labels" .root | nindent 4 }}
spec:
  rules:
    - host: {{ .host }}
      http:
        paths:
          - path: {{ .path }}
            pathType: Prefix
            backend: { service: { name: {{ .root.Unit.name }}, port: { name: http } } }
{{- end -}}
