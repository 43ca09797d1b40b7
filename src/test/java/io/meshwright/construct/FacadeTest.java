package io.meshwright.construct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.InvalidConstruct;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.data.EnvVar;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A simple service is said in a few words, and what is wrong with it is told with its path. */
class FacadeTest {
    private Chart chart;
    private MeshGateway gateway;

    @BeforeEach
    void has_a_gateway() {
        chart = new Chart(new App(), "shop");
        gateway = MeshGateway.Builder.create(chart, "gateway")
                .name("shop")
                .namespace("shop")
                .http(80, "*.example.org")
                .https(443, "shop-tls", "shop.example.org")
                .build();
    }

    @Test
    void a_service_in_words_of_strings_and_numbers() {
        SecureService web = web().allowGateway(gateway)
                .guard(NamespaceGuard.Builder.create(chart, "guard")
                        .namespace("shop")
                        .build())
                .build();
        gateway.expose(web, "shop.example.org");

        assertThat(web.party().toString()).isEqualTo("shop/web");
        assertThat(object("Deployment", "web")
                        .at("/spec/template/spec/serviceAccountName")
                        .asText())
                .isEqualTo("web");
        assertThat(object("Deployment", "web")
                        .at("/spec/template/spec/containers/0/readinessProbe/httpGet/path")
                        .asText())
                .isEqualTo("/healthz");
        assertThat(object("Service", "web").at("/spec/ports/0/targetPort").asInt())
                .isEqualTo(8080);
        assertThat(object("AuthorizationPolicy", "web-callers").toString())
                .contains("cluster.local/ns/istio-system/sa/istio-ingressgateway");
        assertThat(object("Gateway", "shop")
                        .at("/spec/servers/1/tls/credentialName")
                        .asText())
                .isEqualTo("shop-tls");
        JsonNode routes = object("VirtualService", "shop-example-org");
        assertThat(routes.at("/spec/gateways/0").asText()).isEqualTo("shop/shop");
        assertThat(routes.toString()).contains("\"host\":\"web.shop.svc.cluster.local\"");
    }

    @Test
    void what_is_wrong_is_told_with_the_path_and_without_a_stack_of_javascript() {
        web().build();

        assertThatThrownBy(() -> web().build())
                .isInstanceOfSatisfying(
                        InvalidConstruct.class,
                        refusal -> assertThat(refusal.path()).isEqualTo("shop/web"))
                .hasMessage("id: \"web\" is the id of another construct there; give it its own [shop/web]");
        assertThatThrownBy(() -> SecureService.Builder.create(chart, "nameless")
                        .image("ghcr.io/example/web:1.0.0")
                        .resources("50m", "64Mi", "128Mi")
                        .build())
                .hasMessage("name: is missing; give it, or a party or workload [shop/nameless]");
        assertThatThrownBy(() -> SecureService.Builder.create(chart, "many")
                        .name("many")
                        .namespace("shop")
                        .replicas(1000)
                        .build())
                .hasMessageStartingWith("replicas: ");
        assertThatThrownBy(() -> SecureService.Builder.create(chart, "two")
                        .name("two")
                        .namespace("shop")
                        .image("ghcr.io/example/web:1.0.0")
                        .container(container())
                        .build())
                .hasMessage("container: is given beside image, resources or ready; keep one of them [shop/two]");
    }

    @Test
    void a_host_is_exposed_once_and_where_a_listener_answers_for_it() {
        SecureService web = web().build();
        gateway.expose(web, "shop.example.org");

        assertThatThrownBy(() -> gateway.expose(web, "shop.example.org"))
                .hasMessageStartingWith("id: \"shop-example-org\" is the id of another construct there");
        assertThatThrownBy(() -> gateway.expose(web, "shop.example.com"))
                .hasMessage("host: \"shop.example.com\" is answered by no listener of shop/shop; add it to the hosts of"
                        + " one [shop/gateway/shop.example.com]");
        SecureService database = SecureService.Builder.create(chart, "db")
                .name("db")
                .namespace("shop")
                .port("mysql", 3306, 3306, Protocol.MYSQL)
                .container(container())
                .build();
        assertThatThrownBy(() -> gateway.expose(database, "db.example.org"))
                .hasMessageStartingWith("ports[0]: speaks mysql, which routes of hosts do not read");
    }

    @Test
    void what_was_made_can_be_changed_in_the_tree() {
        SecureService web = web().build();
        web.controllers().forEach(controller -> controller.getMetadata().addLabel("team", "shop"));
        gateway.resource().getMetadata().addAnnotation("note", "ours");

        assertThat(object("Deployment", "web").at("/metadata/labels/team").asText())
                .isEqualTo("shop");
        assertThat(object("Gateway", "shop").at("/metadata/annotations/note").asText())
                .isEqualTo("ours");
    }

    @Test
    void containers_and_pods_are_built_word_by_word() {
        Container built = Container.builder()
                .image(ImageReference.of("ghcr.io/example/web:1.0.0"))
                .resources(Resources.of("50m", "64Mi", "128Mi"))
                .env("MODE", "fast")
                .user(101)
                .build();

        assertThat(built.writable()).as("the record's own default").containsExactly("/tmp");
        assertThat(built.toBuilder().args(List.of("serve")).build())
                .isEqualTo(
                        Container.builder().from(built).args(List.of("serve")).build())
                .returns(101L, Container::user)
                .returns(Map.of("MODE", EnvVar.of("fast")), Container::env);
        assertThatThrownBy(() -> Container.builder().build()).hasMessage("image: is missing; add it");
        assertThat(PodSettings.builder()
                        .priorityClassName(Name.of("first"))
                        .labels(Map.of("team", "shop"))
                        .build()
                        .priorityClassName())
                .isEqualTo(Name.of("first"));
    }

    private SecureService.Builder web() {
        return SecureService.Builder.create(chart, "web")
                .name("web")
                .namespace("shop")
                .image("ghcr.io/example/web:1.0.0")
                .resources("50m", "64Mi", "128Mi")
                .ready("/healthz")
                .http(80, 8080);
    }

    private static Container container() {
        return Container.of(ImageReference.of("ghcr.io/example/web:1.0.0"), Resources.of("50m", "64Mi", "128Mi"));
    }

    private JsonNode object(String kind, String name) {
        return ApiObjects.manifests(chart).values().stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }
}
