{{- /*
An init container that waits until other units answer: (dict "root" . "urls" (list .Units.orders.url)). A deploy comes in the
right order without it; it is for the night when a node starts again, and everything on it at once.
*/ -}}
{{- define "marketplace.wait" -}}
- name: wait
  image: {{ .root.Images.busybox }}
  securityContext: { runAsUser: 65532 }
  command:
    - sh
    - -ec
    - |
      {{- range .urls }}
      until wget -q -T 2 -O /dev/null {{ . }}/readyz; do echo "waits for {{ . }}"; sleep 1; done
      {{- end }}
  resources: { requests: { cpu: 5m, memory: 16Mi } }
{{- end -}}
