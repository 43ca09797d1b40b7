package io.meshwright.value.pod;

import static io.meshwright.value.Refusals.assertRefused;
import static io.meshwright.value.pod.RoleRule.Verb.CREATE;
import static io.meshwright.value.pod.RoleRule.Verb.DELETECOLLECTION;
import static io.meshwright.value.pod.RoleRule.Verb.GET;
import static io.meshwright.value.pod.RoleRule.Verb.LIST;
import static io.meshwright.value.pod.RoleRule.Verb.PATCH;
import static io.meshwright.value.pod.RoleRule.Verb.UPDATE;
import static io.meshwright.value.pod.RoleRule.Verb.WATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.pod.RoleRule.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights of pods at the API server: each is named, none hands out others, and what is more than data has a reason. */
class RoleTest {
    @Test
    void admits_what_it_names() {
        Role role = Role.of(
                RoleRule.of("", List.of("configmaps", "pods/log"), GET, LIST, WATCH),
                RoleRule.of("coordination.k8s.io", List.of("leases"), CREATE));

        assertThat(role.rules()).hasSize(2);
        assertThat(role.apiServer()).isEmpty();
        assertThat(secrets(List.of(ObjectName.of("web.keys")), GET, UPDATE).resourceNames())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        *     | pods           | GET    | apiGroups[0]: "*" admits also what nobody thought of; name each
        apps. | deployments    | GET    | apiGroups[0]: "apps." is not an API group; write it as kubectl api-resources does
        ``    | *              | GET    | resources[0]: "*" admits also what nobody thought of; name each
        ``    | pods/*         | GET    | resources[0]: "pods/*" admits also what nobody thought of; name each
        ``    | Pods           | GET    | resources[0]: "Pods" is not a kind in the plural; write it as kubectl api-resources does
        ``    | nodes          | GET    | resources[0]: "nodes" are of the cluster, and a Role is about its namespace; remove it; a ClusterRole is one of manifests, with clusterKinds
        rbac.authorization.k8s.io | clusterroles | GET | resources[0]: "clusterroles" are of the cluster, and a Role is about its namespace; remove it; a ClusterRole is one of manifests, with clusterKinds
        scheduling.k8s.io | priorityclasses | GET | resources[0]: "priorityclasses" are of the cluster, and a Role is about its namespace; remove it; a ClusterRole is one of manifests, with clusterKinds
        rbac.authorization.k8s.io | roles | PATCH | resources[0]: "roles" would let pods give themselves rights; keep get, list and watch, and write Roles in manifests
        ``    | serviceaccounts/token | CREATE | resources[0]: "serviceaccounts/token" would give pods the token of every service account of the namespace; remove it; serviceAccountToken of pod.volumes is a token of their own
        ``    | secrets        | LIST   | resources[0]: "secrets" are all of the namespace, tokens and certificates too; name those that are meant in resourceNames, in a rule of their own
        ``    | secrets        | CREATE | resources[0]: "secrets" with create or deletecollection are all of the namespace, tokens of accounts too; remove the verb; secrets.synced and manifests make Secrets
        """)
    void refuses_what_would_be_more_or_nothing(String group, String resource, Verb verb, String told) {
        assertRefused(() -> RoleRule.of(group, List.of(resource), verb)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        rbac.authorization.k8s.io | roles                  | GET
        storage.k8s.io            | csistoragecapacities   | GET
        example.org               | secrets                | LIST
        example.org               | nodes                  | GET
        ``                        | serviceaccounts        | GET
        """)
    void admits_what_nearly_is(String group, String resource, Verb verb) {
        assertThat(Role.of(RoleRule.of(group, List.of(resource), verb)).rules()).hasSize(1);
    }

    @Test
    void refuses_names_for_requests_that_have_none() {
        String told = "resourceNames: admits no create and no deletecollection, which name no object; write those in a"
                + " rule of their own without it";

        for (Verb nameless : List.of(CREATE, DELETECOLLECTION)) {
            assertRefused(() -> new RoleRule(
                            List.of("coordination.k8s.io"),
                            List.of("leases"),
                            List.of(GET, nameless),
                            List.of(ObjectName.of("a"))))
                    .isEqualTo(told);
        }
        assertRefused(() -> new RoleRule(List.of(), List.of("leases"), List.of(GET), null))
                .isEqualTo("apiGroups: is empty; give at least one entry");
        assertRefused(() -> new RoleRule(List.of(""), List.of("pods"), List.of(), null))
                .isEqualTo("verbs: is empty; give at least one entry");
        assertRefused(() -> Role.of()).isEqualTo("rules: is empty; give at least one entry");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                  | pods/exec              | GET    | act as others
        ``                  | pods/ephemeralcontainers | PATCH | act as others
        ``                  | pods/portforward       | GET    | reach others past their policies
        ``                  | services/proxy         | GET    | reach others past their policies
        ``                  | pods                   | CREATE | run others, as any service account of the namespace
        apps                | statefulsets           | UPDATE | run others, as any service account of the namespace
        batch               | cronjobs               | PATCH  | run others, as any service account of the namespace
        argoproj.io         | rollouts               | PATCH  | run others, as any service account of the namespace
        networking.k8s.io   | networkpolicies        | PATCH  | change who reaches whom
        security.istio.io   | authorizationpolicies  | CREATE | change who reaches whom
        """)
    void wants_a_reason_for_what_is_more_than_data(String group, String resource, Verb verb, String does) {
        RoleRule rule = RoleRule.of(group, List.of(resource), verb);

        assertRefused(() -> new Role(List.of(RoleRule.of("", List.of("configmaps"), GET), rule), null, null))
                .isEqualTo(
                        "reason: is missing, and rules[1] has \"%s\", by which pods %s; say why they need it, or remove"
                                        .formatted(resource, does)
                                + " it from the rule");
        assertThat(new Role(List.of(rule), "a reason", null).reason()).isEqualTo("a reason");
        assertRefused(() -> new Role(List.of(rule), " ", null)).startsWith("reason: is empty");
    }

    @Test
    void wants_none_for_reading_the_same() {
        assertThat(Role.of(
                                RoleRule.of("", List.of("pods"), GET, LIST, WATCH),
                                RoleRule.of("apps", List.of("deployments"), GET),
                                RoleRule.of("networking.k8s.io", List.of("networkpolicies"), LIST),
                                RoleRule.of("networking.k8s.io", List.of("ingresses"), PATCH))
                        .reason())
                .isNull();
    }

    private static RoleRule secrets(List<ObjectName> names, Verb... verbs) {
        return new RoleRule(List.of(""), List.of("secrets"), List.of(verbs), names);
    }
}
