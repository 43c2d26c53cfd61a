{{- /*
The objects of an agent: a CronJob that never starts anything by itself. It is there so that what a run will be can be seen,
compared and removed like everything else; each run is a Job that `fairlead run` makes of its template, with the task in the
variable FAIRLEAD_TASK. Beside it a Secret for variables that hold a secret, and a ServiceAccount when it asks for one.

It reads .Unit (name, image, command, env, secretEnv, folder, timeout, grace, serviceAccount) and .Project.
*/ -}}
{{- define "fairlead.agent" -}}
{{- $unit := .Unit -}}
{{- if $unit.secretEnv -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ $unit.name }}-env
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
stringData:
  {{- range $name, $value := $unit.secretEnv }}
  {{ $name }}: {{ $value | toJson }}
  {{- end }}
---
{{ end -}}
{{- if eq $unit.serviceAccount $unit.name -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $unit.name }}
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
---
{{ end -}}
apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ $unit.name }}
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
spec:
  schedule: "0 0 1 1 *"
  suspend: true
  jobTemplate:
    metadata:
      labels:
        {{- include "fairlead.workload.labels" . | nindent 8 }}
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: {{ $unit.timeout }}
      ttlSecondsAfterFinished: 3600
      template:
        metadata:
          labels:
            {{- include "fairlead.workload.labels" . | nindent 12 }}
        spec:
          restartPolicy: Never
          {{- if $unit.serviceAccount }}
          serviceAccountName: {{ $unit.serviceAccount }}
          automountServiceAccountToken: true
          {{- end }}
          terminationGracePeriodSeconds: {{ $unit.grace }}
          containers:
            - name: {{ $unit.name }}
              image: {{ $unit.image | quote }}
              {{- if $unit.command }}
              command: {{ $unit.command | toJson }}
              {{- end }}
              {{- if $unit.folder }}
              workingDir: {{ $unit.folder | quote }}
              {{- end }}
              env:
                - { name: FAIRLEAD_TASK, value: "" }
                {{- range $name, $value := $unit.env }}
                - { name: {{ $name }}, value: {{ $value | toJson }} }
                {{- end }}
                {{- range $name, $value := $unit.secretEnv }}
                - name: {{ $name }}
                  valueFrom: { secretKeyRef: { name: {{ $unit.name }}-env, key: {{ $name }} } }
                {{- end }}
{{- end -}}
