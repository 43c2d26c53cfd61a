apiVersion: v1
kind: Secret
metadata:
  name: postgres
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
stringData:
  user: {{ .Units.postgres.user | quote }}
  password: {{ .Units.postgres.password | quote }}
---
apiVersion: v1
kind: Service
metadata:
  name: postgres
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  clusterIP: None
  selector:
    {{- include "marketplace.selector" . | nindent 4 }}
  ports:
    - { name: postgres, port: 5432, targetPort: postgres }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: postgres
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  serviceName: postgres
  selector:
    matchLabels:
      {{- include "marketplace.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "marketplace.selector" . | nindent 8 }}
    spec:
      containers:
        - name: postgres
          image: {{ .Images.postgres }}
          securityContext: { runAsUser: 0 }          # it makes the volume its own, and becomes somebody else
          env:
            - { name: POSTGRES_DB, value: {{ .Units.postgres.database }} }
            - { name: PGDATA, value: /var/lib/postgresql/data/orders }
            {{- include "marketplace.secretEnv" (dict "name" "POSTGRES_USER" "secret" "postgres" "key" "user") | nindent 12 }}
            {{- include "marketplace.secretEnv" (dict "name" "POSTGRES_PASSWORD" "secret" "postgres" "key" "password") | nindent 12 }}
          ports:
            - { name: postgres, containerPort: 5432 }
          readinessProbe:
            exec: { command: [ pg_isready, -U, {{ .Units.postgres.user }} ] }
            periodSeconds: 2
          volumeMounts:
            {{- include "marketplace.mount" (dict "name" "data" "at" "/var/lib/postgresql/data") | nindent 12 }}
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        {{- include "marketplace.claimSpec" (dict "root" . "size" "1Gi") | nindent 8 }}
