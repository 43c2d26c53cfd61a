{{- /* A static site, whichever unit it is of. */ -}}
{{ include "marketplace.service" . }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Unit.name }}
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels:
      {{- include "marketplace.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "marketplace.selector" . | nindent 8 }}
    spec:
      terminationGracePeriodSeconds: 2
      containers:
        - name: site
          image: {{ .Unit.image }}
          command: [ busybox, httpd, -f, -p, "{{ .Ports.http }}", -h, /www ]
          env:
            {{- include "marketplace.env" . | nindent 12 }}
          ports:
            {{- include "marketplace.ports" . | nindent 12 }}
          {{- include "marketplace.probes" . | nindent 10 }}
          resources: { requests: { cpu: 5m, memory: 16Mi } }
