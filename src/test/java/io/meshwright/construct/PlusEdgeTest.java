package io.meshwright.construct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.InvalidConstruct;
import io.meshwright.construct.traffic.IngressRoutes;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Size;
import org.cdk8s.plus34.ConfigMap;
import org.cdk8s.plus34.ContainerPort;
import org.cdk8s.plus34.ContainerProps;
import org.cdk8s.plus34.ContainerResources;
import org.cdk8s.plus34.ContainerSecurityContextProps;
import org.cdk8s.plus34.Deployment;
import org.cdk8s.plus34.EmptyDirVolumeOptions;
import org.cdk8s.plus34.HostPathVolumeOptions;
import org.cdk8s.plus34.HttpIngressPathType;
import org.cdk8s.plus34.Ingress;
import org.cdk8s.plus34.IngressBackend;
import org.cdk8s.plus34.LabelSelector;
import org.cdk8s.plus34.LabelSelectorOptions;
import org.cdk8s.plus34.Secret;
import org.cdk8s.plus34.Service;
import org.cdk8s.plus34.ServiceAccount;
import org.cdk8s.plus34.ServicePort;
import org.cdk8s.plus34.StatefulSet;
import org.cdk8s.plus34.Volume;
import org.cdk8s.plus34.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a team has made with cdk8s-plus is taken as it is, or refused with a reason. */
class PlusEdgeTest {
    private static final Map<String, String> LABELS = Map.of("app", "web");

    private Chart chart;

    @BeforeEach
    void begins() {
        chart = new Chart(new App(), "shop");
    }

    @Test
    void a_deployment_is_kept_and_completed_where_it_is() {
        Deployment web = deployment("web", container -> container.name("app"));
        SecureService service = SecureService.Builder.create(chart, "secure")
                .workload(web)
                .http(80, 8080)
                .build();

        JsonNode made = object("Deployment", "web");
        JsonNode pod = made.at("/spec/template/spec");
        assertThat(pod.at("/containers/0/resources/limits/cpu").asText()).isEqualTo("1500m");
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("web");
        assertThat(object("ServiceAccount", "web")
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
        assertThat(object("Service", "web").at("/spec/selector/app").asText()).isEqualTo("web");
        assertThat(object("PodDisruptionBudget", "web")
                        .at("/spec/selector/matchLabels/app")
                        .asText())
                .isEqualTo("web");
        assertThat(service.party().identity().orElseThrow().principal()).endsWith("/ns/shop/sa/web");
        assertThat(service.controllers()).containsExactly(org.cdk8s.ApiObject.of(web));
    }

    @Test
    void what_it_says_itself_is_not_replaced() {
        ServiceAccount account = ServiceAccount.Builder.create(chart, "account")
                .metadata(metadata("robot"))
                .build();
        Deployment web = Deployment.Builder.create(chart, "web")
                .metadata(metadata("web"))
                .podMetadata(ApiObjectMetadata.builder().labels(LABELS).build())
                .select(false)
                .replicas(1)
                .serviceAccount(account)
                .containers(List.of(ContainerProps.builder()
                        .image("ghcr.io/example/web:1.0.0")
                        .portNumber(8080)
                        .securityContext(ContainerSecurityContextProps.builder()
                                .user(101)
                                .readOnlyRootFilesystem(false)
                                .build())
                        .build()))
                .build();
        web.select(
                LabelSelector.of(LabelSelectorOptions.builder().labels(LABELS).build()));

        SecureService service = SecureService.Builder.create(chart, "secure")
                .workload(web)
                .http(80, 8080)
                .build();

        JsonNode pod = object("Deployment", "web").at("/spec/template/spec");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("robot");
        assertThat(pod.at("/containers/0/securityContext/runAsUser").asInt()).isEqualTo(101);
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean(true))
                .isFalse();
        assertThat(service.party().identity().orElseThrow().principal()).endsWith("/sa/robot");
        assertThat(kinds()).doesNotContain("PodDisruptionBudget");
        assertThat(kinds().stream().filter("ServiceAccount"::equals)).hasSize(1);
    }

    @Test
    void a_stateful_set_is_taken_with_a_named_service() {
        Service governing = Service.Builder.create(chart, "governing")
                .metadata(metadata("db-headless"))
                .clusterIp("None")
                .ports(List.of(ServicePort.builder().port(8080).build()))
                .build();
        StatefulSet db = StatefulSet.Builder.create(chart, "db")
                .metadata(metadata("db"))
                .podMetadata(ApiObjectMetadata.builder().labels(LABELS).build())
                .select(false)
                .service(governing)
                .containers(List.of(container().build()))
                .build();
        db.select(LabelSelector.of(LabelSelectorOptions.builder().labels(LABELS).build()));

        SecureService.Builder.create(chart, "secure")
                .workload(db)
                .http(80, 8080)
                .build();

        assertThat(object("Service", "db").at("/spec/selector/app").asText()).isEqualTo("web");
        assertThat(object("StatefulSet", "db").at("/spec/serviceName").asText()).isEqualTo("db-headless");
    }

    @Test
    void what_a_secure_service_cannot_be_is_refused_with_the_reason() {
        refused(
                Deployment.Builder.create(chart, "hashed")
                        .podMetadata(ApiObjectMetadata.builder().labels(LABELS).build())
                        .containers(List.of(container().build()))
                        .build(),
                "is a hash of its place in the tree, and another one when code moves; give it metadata.name");
        refused(
                Deployment.Builder.create(chart, "addressed")
                        .metadata(metadata("addressed"))
                        .containers(List.of(container().build()))
                        .build(),
                "workload: \"addressed\" selects its pods by a hash of its place in the tree");
        refused(
                Deployment.Builder.create(chart, "homeless")
                        .metadata(ApiObjectMetadata.builder().name("homeless").build())
                        .containers(List.of(container().build()))
                        .build(),
                "workload: names no namespace");
        refused(
                deployment(
                        "rooted",
                        container -> container.securityContext(ContainerSecurityContextProps.builder()
                                .ensureNonRoot(false)
                                .build())),
                "workload: container \"main\" may run as root");
        refused(
                deployment(
                        "privileged",
                        container -> container.securityContext(ContainerSecurityContextProps.builder()
                                .privileged(true)
                                .allowPrivilegeEscalation(true)
                                .build())),
                "workload: container \"main\" may take rights of the node");
        refused(
                deployment(
                        "boundless",
                        container ->
                                container.resources(ContainerResources.builder().build())),
                "workload: container \"main\" has no memory limit");
        assertThatThrownBy(() -> SecureService.Builder.create(chart, "port")
                        .workload(deployment("port-of-none", container -> {}))
                        .http(80, 9999)
                        .build())
                .isInstanceOf(InvalidConstruct.class)
                .hasMessageStartingWith("ports[0].targetPort: \"9999\" is opened by no container of port-of-none");
    }

    @Test
    void config_maps_secrets_and_volumes_are_mounted_and_read() {
        ConfigMap terms = ConfigMap.Builder.create(chart, "terms")
                .metadata(metadata("terms"))
                .data(Map.of("a", "b"))
                .build();
        SecureService.Builder.create(chart, "web")
                .name("web")
                .namespace("shop")
                .image("ghcr.io/example/web:1.0.0")
                .resources("50m", "64Mi", "128Mi")
                .http(80, 8080)
                .mount("/etc/terms", terms)
                .mount("/etc/keys", Secret.fromSecretName(chart, "keys", "web-keys"))
                .mount(
                        "/var/cache/web",
                        Volume.fromEmptyDir(
                                chart,
                                "cache",
                                "cache",
                                EmptyDirVolumeOptions.builder()
                                        .sizeLimit(Size.gibibytes(1))
                                        .build()))
                .envFrom(Secret.fromSecretName(chart, "more", "web-more"))
                .serviceAccount(ServiceAccount.Builder.create(chart, "account")
                        .metadata(metadata("robot"))
                        .build())
                .build();

        JsonNode pod = object("Deployment", "web").at("/spec/template/spec");
        assertThat(pod.path("volumes").toString())
                .contains(
                        "\"configMap\":{\"name\":\"terms\"}",
                        "\"secretName\":\"web-keys\"",
                        "\"sizeLimit\":\"1024Mi\"");
        assertThat(pod.at("/containers/0/volumeMounts").toString())
                .contains("/etc/terms", "/etc/keys", "/var/cache/web");
        assertThat(pod.at("/containers/0/envFrom/0/secretRef/name").asText()).isEqualTo("web-more");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("robot");
        assertThat(kinds().stream().filter("ServiceAccount"::equals)).hasSize(1);
    }

    @Test
    void volumes_that_would_lose_something_are_refused() {
        SecureService.Builder web = SecureService.Builder.create(chart, "web");
        ConfigMap hashed = ConfigMap.Builder.create(chart, "hashed").build();

        assertThatThrownBy(() -> web.mount("/a", hashed))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is a hash of its place in the tree");
        assertThatThrownBy(() -> web.mount(
                        "/b",
                        Volume.fromHostPath(
                                chart,
                                "host",
                                "host",
                                HostPathVolumeOptions.builder().path("/etc").build())))
                .hasMessageContaining("\"host\" is of a kind that a service's pod cannot have: hostPath");
        assertThatThrownBy(() -> web.mount("/c", Volume.fromEmptyDir(chart, "open", "open")))
                .hasMessageContaining("\"open\" may fill the node's disk");
    }

    @Test
    void a_service_is_exposed_at_a_host() {
        MeshGateway gateway = gateway();
        Service service = Service.Builder.create(chart, "service")
                .metadata(metadata("web"))
                .ports(List.of(ServicePort.builder()
                        .name("http")
                        .port(80)
                        .targetPort(8080)
                        .build()))
                .build();
        service.selectLabel("app", "web");

        gateway.expose(service, "shop.example.org");

        assertThat(object("VirtualService", "shop-example-org").toString())
                .contains("\"host\":\"web.shop.svc.cluster.local\"", "\"number\":80");
        assertThatThrownBy(() -> gateway.expose(
                        Service.Builder.create(chart, "none")
                                .metadata(metadata("none"))
                                .ports(List.of(ServicePort.builder().port(80).build()))
                                .build(),
                        "x.example.org"))
                .hasMessage("service: \"none\" selects no pods; give it a selector [shop/gateway/x.example.org]");
    }

    @Test
    void an_ingress_becomes_routes_and_goes() {
        Service service = Service.Builder.create(chart, "service")
                .metadata(metadata("web"))
                .ports(List.of(ServicePort.builder().port(80).build()))
                .build();
        Ingress ingress = Ingress.Builder.create(chart, "ingress")
                .metadata(metadata("web"))
                .build();
        ingress.addHostRule("shop.example.org", "/", IngressBackend.fromService(service));
        ingress.addHostRule(
                "shop.example.org", "/login", IngressBackend.fromService(service), HttpIngressPathType.EXACT);
        ingress.addHostRule("api.example.org", "/api", IngressBackend.fromService(service));

        IngressRoutes routes = IngressRoutes.of(chart, "routes", gateway(), ingress);

        assertThat(routes.routes()).hasSize(2);
        assertThat(kinds()).doesNotContain("Ingress");
        assertThat(object("VirtualService", "shop-example-org").toString())
                .contains("{\"uri\":{\"exact\":\"/login\"}}", "\"host\":\"web.shop.svc.cluster.local\"");
        assertThat(object("VirtualService", "api-example-org").toString()).contains("\"prefix\":\"/api/\"");

        Ingress classed = Ingress.Builder.create(chart, "classed")
                .metadata(metadata("classed"))
                .className("nginx")
                .build();
        classed.addHostRule("c.example.org", "/", IngressBackend.fromService(service));
        assertThatThrownBy(() -> IngressRoutes.of(chart, "refused", gateway("again"), classed))
                .hasMessage(
                        "ingress: has ingressClassName, and the gateway answers in the place of a controller; leave it"
                                + " out [shop/refused]");
    }

    private void refused(Workload workload, String reason) {
        assertThatThrownBy(() -> SecureService.Builder.create(chart, "refused").workload(workload))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(reason);
    }

    private Deployment deployment(String name, Consumer<ContainerProps.Builder> change) {
        ContainerProps.Builder container = container();
        change.accept(container);
        Deployment deployment = Deployment.Builder.create(chart, name)
                .metadata(metadata(name))
                .podMetadata(ApiObjectMetadata.builder().labels(LABELS).build())
                .select(false)
                .containers(List.of(container.build()))
                .build();
        deployment.select(
                LabelSelector.of(LabelSelectorOptions.builder().labels(LABELS).build()));
        return deployment;
    }

    private static ContainerProps.Builder container() {
        return ContainerProps.builder()
                .image("ghcr.io/example/web:1.0.0")
                .ports(List.of(ContainerPort.builder().number(8080).build()));
    }

    private MeshGateway gateway() {
        return gateway("gateway");
    }

    private MeshGateway gateway(String id) {
        return MeshGateway.Builder.create(chart, id)
                .name(id)
                .namespace("shop")
                .http(80, "*.example.org")
                .build();
    }

    private static ApiObjectMetadata metadata(String name) {
        return ApiObjectMetadata.builder().name(name).namespace("shop").build();
    }

    private List<String> kinds() {
        return new ArrayList<>(ApiObjects.manifests(chart).values().stream()
                .map(object -> object.path("kind").asText())
                .toList());
    }

    private JsonNode object(String kind, String name) {
        return ApiObjects.manifests(chart).values().stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
    }
}
