package io.meshwright.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.check.report.Format;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFile;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** With a summary a check finds what it finds without one, whatever was done to the files since. */
class ChangedProperties {
    private static final String PROGRAM = "this program";

    /** What may stand in a file; much of it is wrong, so that there is something to find. */
    private static final List<String> DOCUMENTS = List.of(
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}",
            "{apiVersion: v1, kind: Namespace, metadata: {name: edge}}",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data:
              mesh: |
                rootNamespace: istio-system
                outboundTrafficPolicy: {mode: REGISTRY_ONLY}""",
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: istiod, namespace: argocd}
            spec:
              source:
                repoURL: https://istio-release.storage.googleapis.com/charts
                chart: istiod
                targetRevision: 1.26.2
              destination: {server: https://kubernetes.default.svc, namespace: istio-system}""",
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web, version: v1}}
                spec: {containers: [{name: web, image: "example.com/web:1", ports: [{containerPort: 8080}]}]}""",
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}""",
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: [web]
              http:
                - timeout: 5s
                  match: [{uri: {prefix: /}}]
                  route: [{destination: {host: web, subset: v9}}]
                - match: [{uri: {prefix: /api}}]
                  route: [{destination: {host: gone}}]""",
            """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: web, namespace: shop, annotations: {meshwright.io/ignore: "MESH107: known"}}
            spec:
              host: web
              trafficPolicy: {outlierDetection: {maxEjectionPercent: 100}, tls: {mode: DISABLE}, unknown: 1}
              subsets: [{name: v1, labels: {version: v1}}]""",
            """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}""",
            """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: allow-web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              rules: [{from: [{source: {namespaces: [nobody]}}], to: [{operation: {methods: [get], ports: ["80"]}}]}]""",
            """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: web, namespace: edge}
            spec:
              selector: {istio: edge}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [web.example.com]}]""",
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: out, namespace: shop}
            spec:
              hosts: ["*"]
              ports: [{number: 443, name: https, protocol: HTTPS}]
              resolution: DNS""",
            """
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}
              - {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {ports: [{port: 99999}]}}
              - {kind: Service, metadata: {name: db}}""",
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              names: {kind: Widget, plural: widgets}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties: {spec: {type: object, properties: {a: {type: string}}}}""",
            "{apiVersion: example.com/v1, kind: Widget, metadata: {name: one, namespace: shop}, spec: {a: 1, b: 80}}",
            """
            apiVersion: meshwright.io/v1
            kind: Suppressions
            metadata: {name: known}
            spec: {suppressions: [{code: MESH122, object: VirtualService shop/web, reason: it is being moved}]}""",
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [f0.yaml, f1.yaml]
            namePrefix: a-""",
            "a: &a {apiVersion: v1, kind: Secret}\nb: [*a, *a]\nb: 2",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"{{ .Values.name }}\"}\ndata: {a: 1, a: '2'}",
            """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "k"}, "data": {"a": "no base64"}}""");

    private static final List<List<String>> WORDS = List.of(
            List.of("STRICT", "PERMISSIVE"),
            List.of("enabled", "disabled"),
            List.of("namespace: shop", "namespace: edge"),
            List.of("80", "81"),
            List.of("5s", "soon"),
            List.of("v9", "v1"),
            List.of("1.26.2", "1.29.0"),
            List.of("REGISTRY_ONLY", "ALLOW_ANY"),
            List.of("rootNamespace: istio-system", "rootNamespace: shop"),
            List.of("served: true", "served: false"),
            List.of("host: gone", "host: web"),
            List.of("type: string", "type: integer"),
            List.of("[nobody]", "[shop]"),
            List.of("unknown: 1", "connectionPool: {}"),
            List.of("\n", "\r\n"),
            List.of("MESH107", "MESH108"));

    /** Files are drawn small, since it is the edits that matter. */
    @Property(tries = 40)
    void finds_what_a_whole_run_finds_after_each_edit(
            @ForAll @Size(min = 4, max = 9) List<@IntRange(max = 999) Integer> start,
            @ForAll @Size(min = 1, max = 5) List<Long> edits)
            throws IOException {
        Path folder = Files.createTempDirectory("changed");
        try {
            for (int file = 0; file < start.size(); file++) {
                Files.writeString(folder.resolve("f%d.yaml".formatted(file)), document(start.get(file)));
            }
            byte[] kept = compared(folder, Summary.empty());
            for (long seed : edits) {
                edit(folder, new Random(seed));
                kept = compared(folder, Summary.unpacked(kept, PROGRAM).orElseThrow());
            }
            Summary last = Summary.unpacked(kept, PROGRAM).orElseThrow();
            compared(folder, last);
            assertThat(last.files().read()).allMatch(ParsedFile::isKnown);
        } finally {
            remove(folder);
        }
    }

    private static byte[] compared(Path folder, Summary summary) {
        Reading reading = new ManifestReader(summary.files()).path(folder).read();
        Findings changed = Checks.run(reading, Optional.empty(), summary.verdicts());
        Findings whole = Checks.run(new ManifestReader().path(folder).read(), Optional.empty());

        for (Format format : Format.values()) {
            assertThat(format.render(changed)).isEqualTo(format.render(whole));
        }
        return summary.packed(PROGRAM);
    }

    private static void edit(Path folder, Random random) throws IOException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            Files.writeString(folder.resolve("f0.yaml"), document(random.nextInt(999)));
            return;
        }
        Path file = files.get(random.nextInt(files.size()));
        Path other = folder.resolve(
                random.nextInt(6) == 0 ? "kustomization.yaml" : "f%d.yaml".formatted(random.nextInt(12)));
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        switch (random.nextInt(9)) {
            case 0, 1 -> Files.writeString(file, replaced(text, random));
            case 2 -> Files.writeString(file, "# a line more\n\n".concat(text));
            case 3 -> Files.writeString(other, document(random.nextInt(999)));
            case 4 -> Files.deleteIfExists(file);
            case 5 -> Files.move(file, other, StandardCopyOption.REPLACE_EXISTING);
            case 6 -> Files.writeString(file, text.concat("\n---\n").concat(document(random.nextInt(999))));
            case 7 -> Files.writeString(file, text.concat("\n  : - {").substring(random.nextInt(text.length() + 1)));
            default -> Files.write(file, Arrays.copyOf(text.getBytes(StandardCharsets.UTF_16), 101));
        }
    }

    private static String replaced(String text, Random random) {
        List<List<String>> there = new ArrayList<>(
                WORDS.stream().filter(words -> text.contains(words.get(0))).toList());
        if (there.isEmpty()) {
            return text.concat("\n");
        }
        List<String> words = there.get(random.nextInt(there.size()));
        return text.replace(words.get(0), words.get(1));
    }

    private static String document(int number) {
        return DOCUMENTS.get(number % DOCUMENTS.size());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void remove(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
