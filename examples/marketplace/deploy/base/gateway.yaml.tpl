{{ include "marketplace.service" . }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: gateway
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  # No replicas: the autoscaler below says how many.
  selector:
    matchLabels:
      {{- include "marketplace.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "marketplace.selector" . | nindent 8 }}
    spec:
      terminationGracePeriodSeconds: {{ .Unit.grace }}
      initContainers:
        {{- include "marketplace.wait" (dict "root" . "units" (list "catalog" "orders")) | nindent 8 }}
      containers:
        - name: gateway
          image: {{ .Unit.image }}
          command: {{ .Unit.command | toJson }}
          env:
            {{- include "marketplace.env" . | nindent 12 }}
          ports:
            {{- include "marketplace.ports" . | nindent 12 }}
          {{- include "marketplace.probes" . | nindent 10 }}
          resources: { requests: { cpu: 20m, memory: 128Mi } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: gateway
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: gateway }
  minReplicas: {{ .Vars.gateways.least }}
  maxReplicas: {{ .Vars.gateways.most }}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: gateway
  labels:
    {{- include "marketplace.labels" . | nindent 4 }}
spec:
  minAvailable: 1
  selector:
    matchLabels:
      {{- include "marketplace.selector" . | nindent 6 }}
---
{{ include "marketplace.ingress" (dict "root" . "host" .Domain "path" "/") }}
