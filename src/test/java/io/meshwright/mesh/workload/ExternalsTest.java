package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.workload.Proxy.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known to be there although no manifest makes it. */
class ExternalsTest {
    private static Mesh mesh(String spec) {
        return Meshes.of("{apiVersion: meshwright.io/v1, kind: Externals, metadata: {name: outside}, spec: {%s}}"
                .formatted(spec));
    }

    @Test
    void namespaces_stand_with_labels_or_as_a_list_without() {
        assertThat(mesh("namespaces: {a: {team: x}, b: {}}").namespaces().labels("a"))
                .hasValueSatisfying(labels -> assertThat(labels).containsEntry("team", "x"));
        assertThat(mesh("namespaces: [a]").namespaces().exists("a")).isTrue();
        assertThat(mesh("namespaces: [a]").namespaces().exists("b")).isFalse();
    }

    @Test
    void names_of_other_objects_are_those_that_are_listed() {
        Externals externals =
                mesh("secrets: [a/s], serviceAccounts: [a/t], gateways: [a/g], hosts: ['*.example.com', one.example.org]")
                        .externals();

        assertThat(externals.hasSecret("a", "s")).isTrue();
        assertThat(externals.hasSecret("b", "s")).isFalse();
        assertThat(externals.hasServiceAccount("a", "t")).isTrue();
        assertThat(externals.hasServiceAccount("a", "s")).isFalse();
        assertThat(externals.hasGateway("a", "g")).isTrue();
        assertThat(externals.hasGateway("a", "t")).isFalse();
        assertThat(externals.hasHost("x.example.com")).isTrue();
        assertThat(externals.hasHost("one.example.org")).isTrue();
        assertThat(externals.hasHost("two.example.org")).isFalse();
    }

    @Test
    void a_gateway_names_the_secrets_that_somebody_makes_for_it() {
        Externals externals = Meshes.of("""
                        apiVersion: networking.istio.io/v1
                        kind: Gateway
                        metadata: {name: gw, namespace: edge, annotations: {meshwright.io/secrets-by-hand: "edge/a, edge/b,"}}
                        spec: {selector: {istio: ingressgateway}, servers: []}
                        """).externals();

        assertThat(externals.hasSecret("edge", "a")).isTrue();
        assertThat(externals.hasSecret("edge", "b")).isTrue();
        assertThat(externals.hasSecret("edge", "c")).isFalse();
    }

    @Test
    void a_service_that_names_no_labels_of_pods_has_none() {
        Mesh mesh = mesh("services: [{name: db, namespace: data, ports: [{name: tcp, port: 5432}]}]");

        assertThat(mesh.services().all())
                .singleElement()
                .satisfies(service -> assertThat(mesh.services().pods(service)).isEmpty());
        assertThat(mesh.pods().all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', SIDECAR", "'inject: \"false\",', NONE", "'inject: \"true\",', SIDECAR"})
    void its_pods_may_ask_for_injection_or_renounce_it(String inject, Type type) {
        Mesh mesh = mesh(
                "namespaces: {data: {istio-injection: enabled}}, services: [{name: db, namespace: data, pods: {%s labels: {app: db}, replicas: 3}}]"
                        .formatted(inject));
        Pod pod = Meshes.pod(mesh, "data", "db");

        assertThat(pod.proxy().type()).isEqualTo(type);
        assertThat(pod.replicas()).hasValue(3);
        assertThat(pod.serviceAccount()).isEqualTo("default");
        assertThat(pod.labels()).containsOnlyKeys("app");
    }
}
