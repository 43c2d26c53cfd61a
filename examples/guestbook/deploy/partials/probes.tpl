{{- /* Ready and alive by the path /readyz on the port `http`. */ -}}
{{- define "guestbook.probes" -}}
readinessProbe:
  httpGet: { path: /readyz, port: http }
  periodSeconds: 2
livenessProbe:
  tcpSocket: { port: http }
  periodSeconds: 10
{{- end -}}
