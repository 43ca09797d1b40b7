package io.meshwright.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInTest {
    private static List<String> objections(String object) {
        return ManifestReader.of("test.yaml", "{%s}".formatted(object)).manifests().all().stream()
                .flatMap(manifest -> BuiltIn.violations(manifest).stream())
                .map(violation -> "%s: %s".formatted(violation.pointer(), violation.message()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "apps/v1 | Deployment | {} | /spec: the fields \"selector\", \"template\" are missing",
                "v1 | Pod | {containers: [{image: a}]} | /spec/containers/0: the field \"name\" is missing",
                "v1 | Pod | {containers: [null]} | /spec/containers/0: it is null, and must be a mapping",
                "v1 | Pod | {containers: null} | /spec: the field \"containers\" is missing",
                "v1 | Service | {ports: [{name: a}]} | /spec/ports/0: the field \"port\" is missing",
                "v1 | Service | {type: External} | /spec/type: \"External\" is none of ClusterIP, ExternalName, "
                        + "LoadBalancer, NodePort",
                "v1 | Service | {ports: {}} | /spec/ports: it is a mapping, and must be a list",
                "v1 | Service | {ports: [80]} | /spec/ports/0: it is the number 80, and must be a mapping",
                "v1 | Service | {selector: {a: 1}} | /spec/selector/a: it is the number 1, and must be a text",
                "v1 | Service | {port: 1} | /spec/port: there is no field \"port\" here",
                "v1 | Service | {ports: [{port: 3000000000}]} | /spec/ports/0/port: 3000000000 is out of range",
                "v1 | ResourceQuota | {hard: {memory: 1 Gi}} | /spec/hard/memory: \"1 Gi\" is no quantity such as 500m"
                        + " or 1Gi",
                "v1 | ResourceQuota | {hard: {memory: [1]}} | /spec/hard/memory: \"[1]\" is no quantity such as 500m"
                        + " or 1Gi",
                "autoscaling/v2 | HorizontalPodAutoscaler | {maxReplicas: 2} | /spec: the field \"scaleTargetRef\" is"
                        + " missing",
                "policy/v1beta1 | PodDisruptionBudget | {} | /apiVersion: Kubernetes 1.25 and later serve no"
                        + " PodDisruptionBudget of policy/v1beta1; it is in policy/v1",
                "v1 | Deployment | {} | /kind: v1 has no kind Deployment; it is in apps/v1",
                "apps/v1 | Deploymnet | {} | /kind: apps/v1 has no kind Deploymnet"
            })
    void what_the_api_server_refuses_is_refused_at_its_place(String version, String kind, String spec, String said) {
        assertThat(objections("apiVersion: %s, kind: %s, spec: %s".formatted(version, kind, spec)))
                .containsExactly(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "apps/v1 | Deployment | {selector: {}, template: {}, replicas: null}",
                "apps/v1 | StatefulSet | {selector: {}, template: {}, volumeClaimTemplates: [{apiVersion: v1, kind:"
                        + " PersistentVolumeClaim, metadata: {name: a, creationTimestamp: null}, status: {phase:"
                        + " Pending}}]}",
                "v1 | Pod | {containers: [{name: a, imagePullPolicy: '', ports: null}]}",
                "v1 | Pod | {containers: [{name: a, args: [null], livenessProbe: {httpGet: {port: 1, "
                        + "httpHeaders: [{name: a}]}}}]}",
                "v1 | Service | {type: '', ports: [{port: 80, targetPort: http}, {port: 81, targetPort: 8080}]}",
                "v1 | ResourceQuota | {hard: {cpu: 0.5, memory: 1Gi, pods: '1e3', a: .5M}}",
                "policy/v1 | PodDisruptionBudget | {maxUnavailable: 50%}",
                "v1 | Config | {}",
                "v1 | SerializedReference | {}",
                "example.org/v1 | Service | {port: 1}"
            })
    void what_the_api_server_takes_is_taken(String version, String kind, String spec) {
        assertThat(objections("apiVersion: %s, kind: %s, spec: %s".formatted(version, kind, spec)))
                .isEmpty();
    }

    @Test
    void data_of_a_secret_is_base64() {
        String secret = "apiVersion: v1, kind: Secret, data: {a: %s}";

        assertThat(objections(secret.formatted("cGFzcw=="))).isEmpty();
        assertThat(objections(secret.formatted("pass word"))).containsExactly("/data/a: \"pass word\" is no base64");
        assertThat(objections(secret.formatted("cGFzcw"))).hasSize(1);
    }
}
