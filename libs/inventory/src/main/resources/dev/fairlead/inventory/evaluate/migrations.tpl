{{- /*
The objects of a migrations unit that has an image: the address of its database, and the Job that migrates it. A Job is made
anew when its image or its address changes, and when migrations are pending that it does not run.

It reads .Unit (name, image, command, database, timeout) and .Project.
*/ -}}
{{- define "fairlead.migrations" -}}
{{- $unit := .Unit -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ $unit.name }}-database
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
stringData:
  url: {{ $unit.database | toJson }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $unit.name }}
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
spec:
  activeDeadlineSeconds: {{ $unit.timeout }}
  backoffLimit: 3
  podFailurePolicy:
    rules:
      # A pod that was taken away says nothing of the migrations; what they themselves end with is final.
      - { action: Ignore, onPodConditions: [ { type: DisruptionTarget, status: "True" } ] }
      - { action: FailJob, onExitCodes: { operator: In, values: [ 1, 2, 4, 5, 6, 70 ] } }
  template:
    metadata:
      labels:
        {{- include "fairlead.workload.labels" . | nindent 8 }}
      annotations:
        fairlead.dev/database: {{ $unit.database | sha256sum | truncate 16 | quote }}
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: {{ $unit.image | quote }}
          command: {{ $unit.command | toJson }}
          env:
            - { name: HOME, value: /tmp }
            - name: FAIRLEAD_DATABASE
              valueFrom: { secretKeyRef: { name: {{ $unit.name }}-database, key: url } }
{{- end -}}
