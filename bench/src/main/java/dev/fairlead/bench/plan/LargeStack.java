package dev.fairlead.bench.plan;

/// A stack as large as one likes, with what real ones have: ports, addresses of others, templates, a component.
public final class LargeStack {
    private static final int GROUP = 10;

    private LargeStack() {}

    /// The text of its services.yaml. Units come in groups of ten, each of which depends on the group's first.
    public static String text(int units) {
        var text =
                new StringBuilder(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: large }
                        spec:
                          vars: { level: info }
                          components: { server: { run: { restart: on-failure, env: { LOG: "{{ .Vars.level }}" } } } }
                          services:
                        """);
        for (int i = 0; i < units; i++) {
            int first = i - i % GROUP;
            text.append(
                    """
                        - name: unit-%05d
                          deployGroup: internal
                          use: [ server ]
                          dependsOn: [ %s ]
                          run:
                            command: [ server, --port, "{{ .Ports.http }}" ]
                            env: { FIRST: '{{ (index .Units "unit-%05d").url }}', NAME: "{{ .Unit.name | upper }}" }
                            ports: { http: auto }
                            ready: { http: { port: http, path: /readyz } }
                    """
                            .formatted(i, i == first ? "" : "unit-%05d".formatted(first), first));
        }
        return text.toString();
    }
}
