apiVersion: v1
kind: ConfigMap
metadata: { name: more }
data: { of: "{{ .Project }}", in: "{{ .Namespace }}" }
