{{- /* The environment of a server: it listens on 8080 in its pod. */ -}}
{{- define "guestbook.listen" -}}
- { name: HOST, value: 0.0.0.0 }
- { name: PORT, value: "8080" }
{{- end -}}

{{- /* The database's address, from the object that holds it. */ -}}
{{- define "guestbook.database" -}}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: postgres, key: url } }
{{- end -}}
