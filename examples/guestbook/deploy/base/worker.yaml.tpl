apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
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
        - name: worker
          image: {{ .Images.worker }}
          env:
            {{- include "guestbook.database" . | nindent 12 }}
