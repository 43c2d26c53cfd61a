{{- /*
The objects of a unit that has an image and no manifests of its own: a Deployment; a Service when it has ports; a Secret for
variables that hold a secret; a ServiceAccount when it asks for one of its own. To go on from here, copy this file into a
folder of `templates.partials`, give the define another name, and include it from a manifest.

It reads .Unit (name, image, command, env, secretEnv, ready, replicas, grace, serviceAccount), .Ports and .Project.
*/ -}}
{{- define "fairlead.workload" -}}
{{- $unit := .Unit -}}
{{- $ports := .Ports -}}
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
{{- if $ports -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ $unit.name }}
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "fairlead.workload.selector" . | nindent 4 }}
  ports:
    {{- range $name, $number := $ports }}
    - { name: {{ $name | quote }}, port: {{ $number }}, targetPort: {{ $name | quote }} }
    {{- end }}
---
{{ end -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $unit.name }}
  labels:
    {{- include "fairlead.workload.labels" . | nindent 4 }}
spec:
  replicas: {{ $unit.replicas }}
  selector:
    matchLabels:
      {{- include "fairlead.workload.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "fairlead.workload.labels" . | nindent 8 }}
      {{- if $unit.secretEnv }}
      annotations:
        fairlead.dev/secret-env: {{ $unit.secretEnv | toJson | sha256sum | truncate 16 | quote }}
      {{- end }}
    spec:
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
          {{- if or $unit.env $unit.secretEnv }}
          env:
            {{- range $name, $value := $unit.env }}
            - { name: {{ $name }}, value: {{ $value | toJson }} }
            {{- end }}
            {{- range $name, $value := $unit.secretEnv }}
            - name: {{ $name }}
              valueFrom: { secretKeyRef: { name: {{ $unit.name }}-env, key: {{ $name }} } }
            {{- end }}
          {{- end }}
          {{- if $ports }}
          ports:
            {{- range $name, $number := $ports }}
            - { name: {{ $name | quote }}, containerPort: {{ $number }} }
            {{- end }}
          {{- end }}
          {{- with $unit.ready }}
          readinessProbe:
            {{- if hasKey . "http" }}
            httpGet: { path: {{ .http.path | quote }}, port: {{ .http.port | quote }} }
            {{- else if hasKey . "tcp" }}
            tcpSocket: { port: {{ .tcp | quote }} }
            {{- else }}
            exec: { command: {{ .exec | toJson }} }
            {{- end }}
            periodSeconds: 2
          {{- end }}
{{- end -}}

{{- /* What a selector may use: labels that never change. */ -}}
{{- define "fairlead.workload.selector" -}}
app.kubernetes.io/name: {{ .Unit.name }}
{{- end -}}

{{- define "fairlead.workload.labels" -}}
{{ include "fairlead.workload.selector" . }}
app.kubernetes.io/part-of: {{ .Project }}
{{- end -}}
