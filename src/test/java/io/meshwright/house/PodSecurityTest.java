package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.rule.workload.SidecarsKeepPodSecurity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pod satisfies the Pod Security Standard that its namespace enforces, and what a reviewer asks of it besides.
 */
class PodSecurityTest {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    static List<String> environments() {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void pods_satisfy_the_level_of_their_namespace(String environment) {
        Map<String, String> levels = levels(environment);
        List<String> violations = new ArrayList<>();
        pods(environment).forEach((path, pod) -> {
            String namespace = pod.namespace();
            assertThat(levels).as(path).containsKey(namespace);
            if (levels.get(namespace).equals("restricted")) {
                restricted(path, pod.spec(), violations);
            }
        });

        assertThat(violations).isEmpty();
    }

    /** It ran after the bootstrap and was refused at its first restart, once istiod was there to inject it. */
    @Test
    void a_server_of_argo_cd_that_could_not_start_again_is_found() throws IOException {
        SortedMap<String, String> objects = Rendering.objects(Rendering.file("homelab"));
        String application = objects.get("argocd/Application/argocd");
        objects.put(
                "argocd/Application/argocd",
                application.replaceFirst("\\n +securityContext:\\n +seccompProfile:\\n +type: RuntimeDefault", ""));
        assertThat(objects.get("argocd/Application/argocd")).isNotEqualTo(application);

        assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all())
                .hasSize(1)
                .first()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(SidecarsKeepPodSecurity.SIDECAR_BREAKS_POD_SECURITY);
                    assertThat(finding.message()).contains("istio-validation and istio-proxy have no seccomp profile");
                });
    }

    @ParameterizedTest
    @MethodSource("environments")
    void a_namespace_below_restricted_says_why(String environment) {
        Fixtures.manifests(
                        environment,
                        (path, manifest) -> manifest.path("kind").asText().equals("Namespace")
                                && !manifest.at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                        .asText()
                                        .equals("restricted"))
                .forEach((path, manifest) -> {
                    assertThat(manifest.at("/metadata/annotations/meshwright.io~1pod-security-reason")
                                    .asText())
                            .as(path)
                            .isNotBlank();
                });
    }

    @ParameterizedTest
    @MethodSource("environments")
    void containers_have_requests_limits_probes_and_pinned_images(String environment) {
        List<String> missing = new ArrayList<>();
        pods(environment)
                .forEach((path, pod) -> pod.spec().path("containers").forEach(container -> {
                    String place =
                            "%s %s".formatted(path, container.path("name").asText());
                    for (String pointer : List.of(
                            "/resources/requests/cpu", "/resources/requests/memory", "/resources/limits/memory")) {
                        if (container.at(pointer).isMissingNode()) {
                            missing.add("%s has no %s".formatted(place, pointer));
                        }
                    }
                    if (!pod.isJob()
                            && (container.path("readinessProbe").isMissingNode()
                                    || container.path("livenessProbe").isMissingNode())) {
                        missing.add("%s has no probes".formatted(place));
                    }
                    String image = container.path("image").asText();
                    if (!image.matches(".+/.+:[^:/]+(@sha256:[0-9a-f]{64})?") || image.contains(":latest")) {
                        missing.add("%s has image %s".formatted(place, image));
                    }
                }));

        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void pods_carry_app_and_version_and_run_under_an_account_of_their_own(String environment) {
        List<String> wrong = new ArrayList<>();
        pods(environment).forEach((path, pod) -> {
            if (!pod.labels().has("app") || !pod.labels().has("version")) {
                wrong.add("%s lacks app or version".formatted(path));
            }
            String account = pod.spec().path("serviceAccountName").asText("default");
            if (account.equals("default")
                    || pod.spec().path("automountServiceAccountToken").isMissingNode()) {
                wrong.add("%s runs as %s".formatted(path, account));
            }
        });

        assertThat(wrong).isEmpty();
    }

    private static void restricted(String path, JsonNode pod, List<String> violations) {
        require(
                !pod.path("hostNetwork").asBoolean() && !pod.path("hostPID").asBoolean(),
                path,
                "shares the node",
                violations);
        require(pod.at("/securityContext/runAsNonRoot").asBoolean(), path, "may run as root", violations);
        require(
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                path,
                "has no seccomp profile",
                violations);
        pod.path("volumes")
                .forEach(volume -> volume.fieldNames()
                        .forEachRemaining(field -> require(
                                field.equals("name") || VOLUMES.contains(field),
                                path,
                                "mounts a %s".formatted(field),
                                violations)));
        for (String containers : List.of("containers", "initContainers")) {
            pod.path(containers).forEach(container -> {
                JsonNode security = container.path("securityContext");
                String place = "%s %s".formatted(path, container.path("name").asText());
                require(
                        security.path("allowPrivilegeEscalation").isBoolean()
                                && !security.path("allowPrivilegeEscalation").asBoolean(),
                        place,
                        "may gain privileges",
                        violations);
                require(
                        security.at("/capabilities/drop/0").asText().equals("ALL"),
                        place,
                        "keeps capabilities",
                        violations);
                require(security.path("runAsUser").asLong(1) != 0, place, "runs as root", violations);
            });
        }
    }

    private static void require(boolean holds, String place, String what, List<String> violations) {
        if (!holds) {
            violations.add("%s %s".formatted(place, what));
        }
    }

    private static Map<String, String> levels(String environment) {
        var levels = new TreeMap<String, String>();
        Fixtures.manifests(environment).values().stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Namespace"))
                .forEach(namespace -> levels.put(
                        namespace.at("/metadata/name").asText(),
                        namespace
                                .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                .asText()));
        return levels;
    }

    private static Map<String, TemplatedPod> pods(String environment) {
        var pods = new TreeMap<String, TemplatedPod>();
        Fixtures.manifests(environment).forEach((path, manifest) -> {
            boolean job = manifest.path("kind").asText().equals("CronJob");
            JsonNode template = manifest.at(job ? "/spec/jobTemplate/spec/template" : "/spec/template");
            if (template.path("spec").has("containers")) {
                pods.put(
                        path,
                        new TemplatedPod(manifest.at("/metadata/namespace").asText(), template, job));
            }
        });
        assertThat(pods).as("pods of %s", environment).isNotEmpty();
        return pods;
    }

    private record TemplatedPod(String namespace, JsonNode template, boolean isJob) {
        JsonNode spec() {
            return template.path("spec");
        }

        JsonNode labels() {
            return template.at("/metadata/labels");
        }
    }
}
