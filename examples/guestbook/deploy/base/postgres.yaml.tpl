apiVersion: v1
kind: Secret
metadata:
  name: postgres
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
stringData:
  url: {{ .Units.postgres.jdbcUrl | quote }}
  user: {{ .Units.postgres.user | quote }}
  password: {{ .Units.postgres.password | quote }}
---
apiVersion: v1
kind: Service
metadata:
  name: postgres
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
spec:
  clusterIP: None
  selector:
    {{- include "guestbook.selector" . | nindent 4 }}
  ports:
    - { name: postgres, port: 5432, targetPort: postgres }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: postgres
  labels:
    {{- include "guestbook.labels" . | nindent 4 }}
spec:
  serviceName: postgres
  selector:
    matchLabels:
      {{- include "guestbook.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "guestbook.labels" . | nindent 8 }}
    spec:
      containers:
        - name: postgres
          image: {{ .Images.postgres }}
          securityContext: { runAsUser: 0 }          # it makes the volume its own, and becomes somebody else
          env:
            - { name: POSTGRES_DB, value: guestbook }
            - name: POSTGRES_USER
              valueFrom: { secretKeyRef: { name: postgres, key: user } }
            - name: POSTGRES_PASSWORD
              valueFrom: { secretKeyRef: { name: postgres, key: password } }
            - { name: PGDATA, value: /var/lib/postgresql/data/guestbook }
          ports:
            - { name: postgres, containerPort: 5432 }
          readinessProbe:
            exec: { command: [ pg_isready, -U, guestbook ] }
            periodSeconds: 2
          volumeMounts:
            - { name: data, mountPath: /var/lib/postgresql/data }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec:
        accessModes: [ ReadWriteOnce ]
        resources: { requests: { storage: 1Gi } }
