{{- /*
An init container that waits for other units: (dict "root" . "units" (list "catalog" "orders")). The Service of a unit takes
connections as soon as one of its pods is ready. A deploy comes in the right order without it; it is for the night when a node
starts again, and everything on it at once.
*/ -}}
{{- define "marketplace.wait" -}}
{{- $units := .root.Units -}}
- name: wait
  image: {{ .root.Images.busybox }}
  securityContext: { runAsUser: 65532 }
  command:
    - sh
    - -ec
    - |
      {{- range .units }}
      {{- $unit := index $units . }}
      until nc -w 2 {{ $unit.host }} {{ $unit.ports.http }} </dev/null; do echo "waits for {{ . }}"; sleep 1; done
      {{- end }}
  resources: { requests: { cpu: 5m, memory: 16Mi } }
{{- end -}}
