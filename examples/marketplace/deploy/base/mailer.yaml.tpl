{{ include "marketplace.claim" (dict "root" . "name" "outbox" "size" "1Gi") }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mailer
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  strategy: { type: Recreate }                       # the volume is one pod's
  selector:
    matchLabels:
      {{- include "marketplace.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "marketplace.selector" . | nindent 8 }}
    spec:
      securityContext: { fsGroup: 1000 }             # the group of the workspace; it opens the outbox too
      terminationGracePeriodSeconds: 2
      volumes:
        {{- include "marketplace.volume" (dict "root" . "name" "outbox") | nindent 8 }}
      containers:
        - name: mailer
          image: {{ .Unit.image }}
          command: {{ .Unit.command | toJson }}
          env:
            {{- include "marketplace.env" . | nindent 12 }}
          volumeMounts:
            {{- include "marketplace.mount" (dict "name" "outbox" "at" "/outbox") | nindent 12 }}
