{{- /* What Fairlead makes of a unit without manifests, and one object more. */ -}}
{{ include "fairlead.workload" . }}
---
{{ include "marketplace.ingress" (dict "root" . "host" .Domain "path" "/hooks") }}
