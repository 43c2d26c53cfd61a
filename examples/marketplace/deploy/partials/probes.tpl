{{- /* Asked what `run.ready` says. Alive is whoever still listens: a slow database is no reason to be restarted. */ -}}
{{- define "marketplace.probes" -}}
{{- $http := .Unit.ready.http -}}
startupProbe:
  httpGet: { path: {{ $http.path | quote }}, port: {{ $http.port }} }
  periodSeconds: 1
  failureThreshold: 120
readinessProbe:
  httpGet: { path: {{ $http.path | quote }}, port: {{ $http.port }} }
  periodSeconds: 3
livenessProbe:
  tcpSocket: { port: {{ $http.port }} }
  periodSeconds: 10
{{- end -}}
