<table>
{{- range $number, $row := .rows }}
  <tr><td>{{ $number }}</td><td>{{ $row.name }}</td><td>{{ $row.value }}</td>{{ if $row.last }}<td>last</td>{{ end }}</tr>
{{- end }}
</table>
