apiVersion: v1
kind: Service
metadata:
  name: web
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
  name: web
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels:
      {{- include "guestbook.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "guestbook.labels" . | nindent 8 }}
    spec:
      containers:
        - name: web
          image: {{ .Images.web }}
          env:
            {{- include "guestbook.listen" . | nindent 12 }}
            - { name: API_URL, value: "http://api.{{ .Namespace }}.svc" }
            - { name: TITLE, value: {{ .Vars.title | quote }} }
          ports:
            - { name: http, containerPort: 8080 }
          {{- include "guestbook.probes" . | nindent 10 }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
spec:
  rules:
    - host: {{ .Domain }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: web, port: { name: http } } }
