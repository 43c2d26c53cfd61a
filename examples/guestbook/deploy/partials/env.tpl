{{- /* The environment of a server: it listens on 8080 in its pod. */ -}}
{{- define "guestbook.listen" -}}
- { name: HOST, value: 0.0.0.0 }
- { name: PORT, value: "8080" }
{{- end -}}

{{- /* How to reach the database, from the object that holds it. */ -}}
{{- define "guestbook.database" -}}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: postgres, key: url } }
- name: DATABASE_USER
  valueFrom: { secretKeyRef: { name: postgres, key: user } }
- name: DATABASE_PASSWORD
  valueFrom: { secretKeyRef: { name: postgres, key: password } }
{{- end -}}
