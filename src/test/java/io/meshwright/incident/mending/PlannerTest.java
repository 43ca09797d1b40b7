package io.meshwright.incident.mending;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.incident.Incident;
import io.meshwright.incident.evidence.EvidenceReader;
import io.meshwright.incident.report.IncidentJson;
import io.meshwright.incident.report.IncidentText;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.change.Risk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ways to mend an incident, each with its plan. */
class PlannerTest {
    private static final String MESH = text();

    private static String text() {
        try {
            return Files.readString(Path.of("test/resources/incident/mesh.yaml"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void a_preflight_that_a_policy_denies_gets_a_rule_of_its_own_which_admits_no_other_request() {
        Mends mends = plan(
                MESH,
                line("OPTIONS /api/pay HTTP/2", "403 - rbac_access_denied_matched_policy[none]", "inbound|8080||"));

        assertThat(mends.planned()).singleElement().satisfies(planned -> {
            assertThat(planned.mending().what()).isEqualTo("add a rule that admits preflights of /api/pay");
            assertThat(planned.mending().place().manifest()).hasToString("AuthorizationPolicy shop/till");
            assertThat(planned.before()).startsWith("answered 403 RBAC");
            assertThat(planned.after()).startsWith("delivered to ");
            assertThat(planned.risk()).isEqualTo(Risk.REVIEW);
            assertThat(planned.plan().changes().toString()).contains("PLAN103");
        });
    }

    @Test
    void a_method_or_caller_that_a_policy_lacks_is_added_to_the_rule_that_lacks_it_or_in_a_new_one() {
        Mends method = plan(
                MESH, line("DELETE /api HTTP/2", "403 - rbac_access_denied_matched_policy[none]", "inbound|8080||"));
        assertThat(what(method))
                .containsExactlyInAnyOrder(
                        "add DELETE to methods of rule 0",
                        "add a rule that admits DELETE /api from cluster.local/ns/istio-system/sa/istio-ingressgateway");

        Mends caller = plan(
                MESH,
                line(
                        "GET /api HTTP/1.1",
                        "403 - rbac_access_denied_matched_policy[none]",
                        "inbound|8080||",
                        "till.shop.svc.cluster.local"));
        assertThat(what(caller))
                .contains(
                        "add cluster.local/ns/shop/sa/web to principals of rule 0",
                        "add a rule that admits GET /api from cluster.local/ns/shop/sa/web");
        assertThat(caller.planned()).allSatisfy(planned -> {
            assertThat(planned.risk()).isEqualTo(Risk.REVIEW);
            assertThat(planned.plan().changes().toString()).contains("shop/web");
        });
    }

    @Test
    void a_principal_that_is_no_identity_is_joined_by_the_callers_real_one() {
        Mends mends = plan(
                MESH.replace("cluster.local/ns/istio-system/sa/istio-ingressgateway", "service-account"),
                line("GET /api HTTP/2", "403 - rbac_access_denied_matched_policy[none]", "inbound|8080||"));

        assertThat(what(mends))
                .contains("add cluster.local/ns/istio-system/sa/istio-ingressgateway to principals of rule 0");
    }

    @Test
    void a_rule_that_denies_and_a_caller_that_may_be_several_have_no_plan_and_a_reason() {
        Mends denied = plan(
                MESH,
                line(
                        "GET /api/admin HTTP/2",
                        "403 - rbac_access_denied_matched_policy[ns[shop]-policy[no-admin]-rule[1]]",
                        "inbound|8080||"));
        assertThat(denied.planned()).isEmpty();
        assertThat(denied.unplanned()).singleElement().asString().contains("what the rule shall go on denying");

        String second = MESH.concat("---\n")
                .concat(MESH.substring(MESH.indexOf("apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web"))
                        .split("---")[0]
                        .replace("name: web", "name: other")
                        .replace("serviceAccountName: web", "serviceAccountName: other"));
        Mends several = plan(
                second,
                line(
                        "GET /api HTTP/1.1",
                        "403 - rbac_access_denied_matched_policy[none]",
                        "inbound|8080||",
                        "till.shop.svc.cluster.local"));
        assertThat(several.planned()).isEmpty();
        assertThat(several.unplanned())
                .singleElement()
                .asString()
                .contains("does not tell who called", "shop/other", "shop/web");
    }

    @Test
    void a_host_that_the_gateway_or_the_routes_lack_is_added_where_it_is_missing() {
        String route = MESH.replace("hosts: [shop.example.org]", "hosts: [shop.example.org, new.example.org]");
        String asked = line("GET /api HTTP/2", "404 NR route_not_found", "-", "new.example.org");
        Mends gateway = plan(route, asked);
        assertThat(gateway.planned()).singleElement().satisfies(planned -> {
            assertThat(planned.mending().what()).isEqualTo("add new.example.org to the hosts of port 443");
            assertThat(planned.mending().mind())
                    .contains("The certificate of that server must be for new.example.org too.");
            assertThat(planned.after()).startsWith("delivered to ");
            assertThat(planned.plan().changes().toString()).contains("PLAN201");
        });

        Mends bound = plan(
                MESH.replace("  gateways: [istio-system/public]\n", ""),
                line("GET /api HTTP/2", "404 NR route_not_found", "-"));
        assertThat(what(bound)).containsExactly("add istio-system/public to its gateways");

        assertThat(plan(MESH, asked).unplanned())
                .containsExactly("which service shall answer for new.example.org is not told");
        assertThat(plan(MESH, line("GET /orders HTTP/2", "404 NR route_not_found", "-"))
                        .unplanned())
                .containsExactly("which service shall answer for /orders at shop.example.org is not told");
    }

    @Test
    void a_subset_that_nothing_defines_is_defined_by_the_label_that_pods_carry_or_left() {
        String other = MESH.replace("subset: v1 }", "subset: v2 }")
                .replace("app: till, version: v1", "app: till, version: v2");
        Mends defined = plan(
                other,
                line("GET /api HTTP/2", "503 NC cluster_not_found", "outbound|80|v2|till.shop.svc.cluster.local"));

        assertThat(what(defined))
                .containsExactlyInAnyOrder(
                        "define subset v2 by label version: v2", "send to all pods instead of subset v2");
        assertThat(defined.planned())
                .allSatisfy(planned -> assertThat(planned.after()).startsWith("delivered to "));

        Mends without = plan(
                MESH, line("GET /new HTTP/2", "503 NC cluster_not_found", "outbound|80|v9|web.shop.svc.cluster.local"));
        assertThat(what(without)).containsExactly("send to all pods instead of subset v9");
        assertThat(without.unplanned())
                .containsExactly(
                        "subset v9 is not defined, since a DestinationRule for web.shop.svc.cluster.local is a new object");
    }

    @Test
    void a_subset_that_no_pod_has_names_the_labels_of_the_pods() {
        Mends mends = plan(
                MESH.replace("labels: { version: v1 } }]", "labels: { version: v7 } }]"),
                line("GET /api HTTP/2", "503 UH no_healthy_upstream", "outbound|80|v1|till.shop.svc.cluster.local"));

        assertThat(what(mends))
                .containsExactlyInAnyOrder(
                        "let subset v1 mean pods with version: v1", "send to all pods instead of subset v1");
    }

    @Test
    void what_only_the_cluster_knows_is_planned_and_said_to_be_a_guess() {
        Mends work = plan(
                MESH.replace("/chat", "/work").replace("name: chat", "name: work"),
                line("POST /work HTTP/2", "504 UT response_timeout", "outbound|80||web.shop.svc.cluster.local"));
        assertThat(what(work))
                .containsExactly(
                        "raise timeout from 15s to 30s", "let it take as long as it takes: no timeout, no retries");
        assertThat(work.planned().get(0)).satisfies(planned -> {
            assertThat(planned.risk()).isEqualTo(Risk.LOW);
            assertThat(planned.plan().changes().toString()).contains("PLAN109");
            assertThat(planned.before()).isEqualTo(planned.after());
        });
        assertThat(what(plan(
                        MESH,
                        line(
                                "GET /chat HTTP/2",
                                "504 UT upstream_per_try_timeout",
                                "outbound|80||web.shop.svc.cluster.local"))))
                .contains("raise perTryTimeout from 5s to 10s");
        assertThat(what(plan(
                        MESH,
                        line(
                                "GET /api HTTP/2",
                                "503 UO upstream_reset_before_response_started{overflow}",
                                "outbound|80|v1|till.shop.svc.cluster.local"))))
                .containsExactly("raise http1MaxPendingRequests from 10 to 20");
        assertThat(what(plan(
                        MESH,
                        line(
                                "GET /api HTTP/2",
                                "503 UH no_healthy_upstream",
                                "outbound|80|v1|till.shop.svc.cluster.local"))))
                .containsExactly("lower maxEjectionPercent from 100 to 50");
        assertThat(what(plan(
                        MESH.replace("replicas: 2", "replicas: 0"),
                        line(
                                "GET /api HTTP/2",
                                "503 UH no_healthy_upstream",
                                "outbound|80|v1|till.shop.svc.cluster.local"))))
                .containsExactly("raise replicas from 0 to 1");
        assertThat(what(plan(
                        MESH,
                        line(
                                "GET /chat HTTP/2",
                                "502 UPE upstream_reset_before_response_started{protocol_error}",
                                "outbound|80||web.shop.svc.cluster.local"))))
                .containsExactly("declare that port 80 speaks HTTP/1.1");
        assertThat(what(plan(
                        MESH.replace(
                                "targetPort: 8080 }] }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: till",
                                "targetPort: 9090 }] }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: till"),
                        line(
                                "GET /api HTTP/2",
                                "503 UF upstream_reset_before_response_started{remote_connection_failure,delayed_connect_error:_111}",
                                "outbound|80|v1|till.shop.svc.cluster.local"))))
                .containsExactly("send port 80 to 8080, the port that the pods declare");
    }

    @Test
    void a_stream_that_a_timeout_cuts_off_wants_no_timeout_rather_than_a_longer_one() {
        Mends mends = plan(
                MESH, line("GET /chat HTTP/2", "504 UT response_timeout", "outbound|80||web.shop.svc.cluster.local"));

        assertThat(what(mends))
                .containsExactly(
                        "let it take as long as it takes: no timeout, no retries", "raise timeout from 15s to 30s");
        assertThat(mends.planned().get(0).plan().changes().toString()).contains("PLAN404", "MESH133");
        assertThat(mends.planned().get(1).plan().changes().toString())
                .as("the same, of another number")
                .contains("PLAN405", "MESH133");
    }

    @Test
    void a_rule_that_says_no_tls_to_a_server_that_demands_it_comes_before_plain_text_for_everybody() {
        Mends mends = plan(
                MESH.replace("  trafficPolicy:\n", "  trafficPolicy:\n    tls: { mode: DISABLE }\n"),
                line(
                        "GET /api HTTP/1.1",
                        "503 UC upstream_reset_before_response_started{connection_termination}",
                        "outbound|80||till.shop.svc.cluster.local",
                        "till.shop.svc.cluster.local"));

        assertThat(what(mends))
                .containsExactly("set tls.mode from DISABLE to ISTIO_MUTUAL", "take plain text too (PERMISSIVE)");
        assertThat(mends.planned().get(1).risk()).isEqualTo(Risk.DANGEROUS);
    }

    @Test
    void a_server_that_answers_plain_text_is_called_without_tls() {
        Mends mends = plan(
                MESH.replace("  trafficPolicy:\n", "  trafficPolicy:\n    tls: { mode: SIMPLE }\n"),
                line(
                        "GET /api HTTP/2",
                        "503 UF upstream_reset_before_response_started{remote_connection_failure,TLS_error:|268435703:SSL_routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end}",
                        "outbound|80|v1|till.shop.svc.cluster.local"));

        assertThat(what(mends)).containsExactly("set tls.mode from SIMPLE to DISABLE");
    }

    @Test
    void manifests_stay_as_they_are_and_the_text_and_the_json_tell_the_same() {
        Reading reading = ManifestReader.of("mesh.yaml", MESH);
        List<JsonNode> before = reading.manifests().all().stream()
                .map(each -> (JsonNode) each.body().deepCopy())
                .toList();
        Mesh mesh = Mesh.of(reading.manifests());
        Incident incident = Incident.of(
                mesh,
                EvidenceReader.read(line(
                                "DELETE /api HTTP/2",
                                "403 - rbac_access_denied_matched_policy[none]",
                                "inbound|8080||"))
                        .get(0));
        Mends mends = new Planner(reading, mesh, Optional.empty()).plan(incident);
        String text = String.join(
                "\n", IncidentText.of(incident, mends, List.of(), Optional.empty(), source -> Optional.empty()));
        JsonNode json = IncidentJson.of(incident, mends, List.of(), Optional.empty(), source -> Optional.empty());

        assertThat(reading.manifests().all().stream().map(each -> each.body()).toList())
                .isEqualTo(before);
        assertThat(text)
                .contains(
                        "ways to mend by a change of one object, the least risk first",
                        "  - AuthorizationPolicy shop/till: add DELETE to methods of rule 0",
                        "    the request: was answered 403 RBAC",
                        "    risk: review",
                        "      review PLAN103 ",
                        " requests of the manifests end as before");
        assertThat(json.at("/mendings")).hasSize(2);
        assertThat(json.at("/mendings/0/risk").asText()).isEqualTo("review");
        assertThat(json.findValuesAsText("what")).contains("add DELETE to methods of rule 0");
        assertThat(json.at("/mendings/0/fields")).isNotEmpty();
        assertThat(json.at("/notPlanned")).isEmpty();
    }

    private static Mends plan(String manifests, String line) {
        Reading reading = ManifestReader.of("mesh.yaml", manifests);
        Mesh mesh = Mesh.of(reading.manifests());
        return new Planner(reading, mesh, Optional.empty())
                .plan(Incident.of(mesh, EvidenceReader.read(line).get(0)));
    }

    private static List<String> what(Mends mends) {
        return mends.planned().stream().map(planned -> planned.mending().what()).toList();
    }

    private static String line(String request, String end, String cluster) {
        return line(request, end, cluster, "shop.example.org");
    }

    private static String line(String request, String end, String cluster, String host) {
        String named = host.endsWith(".local")
                ? "outbound_.80_._.%s".formatted(host)
                : cluster.startsWith("inbound") ? "outbound_.80_.v1_.till.shop.svc.cluster.local" : host;
        return "[2026-03-01T09:00:00.000Z] \"%s\" %s - \"-\" 0 19 0 - \"-\" \"curl/8.5\" \"7b6f\" \"%s\" \"-\" %s - 10.1.0.5:8080 10.1.0.7:40000 %s -"
                .formatted(request, end, host, cluster, named);
    }
}
