{{- /* A volume that outlives its pods, in three parts: the claim itself, the volume of a pod, the mount of a container. */ -}}

{{- /* (dict "root" . "name" "outbox" "size" "1Gi") */ -}}
{{- define "marketplace.claim" -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ .root.Unit.name }}-{{ .name }}
  labels:
    {{- include "marketplace.labels" .root | nindent 4 }}
spec:
  {{- include "marketplace.claimSpec" . | nindent 2 }}
{{- end -}}

{{- /* Also what a StatefulSet's `volumeClaimTemplates` take. */ -}}
{{- define "marketplace.claimSpec" -}}
accessModes: [ ReadWriteOnce ]
{{- with .root.Vars.storageClass }}
storageClassName: {{ . }}
{{- end }}
resources: { requests: { storage: {{ .size }} } }
{{- end -}}

{{- define "marketplace.volume" -}}
- { name: {{ .name }}, persistentVolumeClaim: { claimName: {{ .root.Unit.name }}-{{ .name }} } }
{{- end -}}

{{- /* (dict "name" "outbox" "at" "/outbox") */ -}}
{{- define "marketplace.mount" -}}
- { name: {{ .name }}, mountPath: {{ .at }} }
{{- end -}}
