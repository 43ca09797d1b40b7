package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Also a program that prints its figures: run {@code main} with -Xmx1g. */
class TenThousandDocumentsTest {
    private static final int COUNT = 10_000;

    @Test
    void fit_into_a_quarter_of_the_gigabyte_that_a_whole_check_has() {
        long before = usedMebibytes();

        Reading reading = read();

        assertThat(usedMebibytes() - before).isLessThan(256);
        assertThat(reading.manifests().all()).hasSize(COUNT);
        assertThat(reading.unreadable()).isEmpty();
    }

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        Reading reading = read();
        double seconds = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        long lines = reading.manifests().all().stream()
                .mapToLong(manifest ->
                        manifest.place("/spec/template/spec/containers/0/image").line())
                .sum();
        double places = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "read %d documents in %.2f s, a place of each in %.2f s more (checksum %d), %d MiB used%n",
                reading.manifests().all().size(), seconds, places, lines, usedMebibytes());
    }

    private static long usedMebibytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20;
    }

    private static Reading read() {
        ManifestReader reader = new ManifestReader();
        for (int file = 0; file < COUNT / 100; file++) {
            StringBuilder text = new StringBuilder();
            for (int document = 0; document < 100; document++) {
                text.append(deployment(file, document));
            }
            reader.text("file-%03d.yaml".formatted(file), text.toString());
        }
        return reader.read();
    }

    private static String deployment(int file, int document) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: service-%d-%d
              namespace: team-%1$d
              labels: {app: service-%1$d-%2$d, version: v1, app.kubernetes.io/part-of: shop}
              annotations:
                description: "a workload of some size, with what a workload of some size has"
            spec:
              replicas: 3
              selector: {matchLabels: {app: service-%1$d-%2$d}}
              template:
                metadata:
                  labels: {app: service-%1$d-%2$d, version: v1}
                spec:
                  serviceAccountName: service-%1$d-%2$d
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                    - name: main
                      image: registry.example.com/shop/service@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                      ports:
                        - {name: http, containerPort: 8080}
                        - {name: metrics, containerPort: 9090}
                      env:
                        - {name: JAVA_TOOL_OPTIONS, value: "-XX:MaxRAMPercentage=75"}
                        - name: POD_NAME
                          valueFrom: {fieldRef: {fieldPath: metadata.name}}
                      resources:
                        requests: {cpu: 100m, memory: 256Mi}
                        limits: {memory: 512Mi}
                      readinessProbe:
                        httpGet: {path: /actuator/health/readiness, port: http}
                        periodSeconds: 10
                      volumeMounts:
                        - {name: tmp, mountPath: /tmp}
                  volumes:
                    - name: tmp
                      emptyDir: {}
            """.formatted(file, document);
    }
}
