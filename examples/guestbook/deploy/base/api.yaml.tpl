apiVersion: v1
kind: Secret
metadata:
  name: api
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
stringData:
  admin-token: {{ .Secrets.adminToken | quote }}
---
apiVersion: v1
kind: Service
metadata:
  name: api
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "guestbook.selector" . | nindent 4 }}
  ports:
    - { name: http, port: 80, targetPort: http }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
spec:
  replicas: {{ if eq .Env "production" }}2{{ else }}1{{ end }}
  selector:
    matchLabels:
      {{- include "guestbook.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "guestbook.labels" . | nindent 8 }}
    spec:
      containers:
        - name: api
          image: {{ .Images.api }}
          env:
            {{- include "guestbook.listen" . | nindent 12 }}
            {{- include "guestbook.database" . | nindent 12 }}
            - name: ADMIN_TOKEN
              valueFrom: { secretKeyRef: { name: api, key: admin-token } }
          ports:
            - { name: http, containerPort: 8080 }
          {{- include "guestbook.probes" . | nindent 10 }}
