package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clusters of Amazon and Google, and of kind for trials: load balancers, addresses of clients, disks, identities. */
class PlatformsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final String GATEWAY = "argocd/Application/istio-ingressgateway";
    private static final String AWS = "/service/annotations/service.beta.kubernetes.io~1aws-load-balancer-";
    private static final String GOOGLE = "/service/annotations/networking.gke.io~1";
    private static final Map<Integer, String> TABLES = Map.of(
            0, "platform-eks", 1, "platform-eks-nodes", 3, "platform-gke", 6, "platform-kind", 8, "platform-openshift");
    private static final List<SortedMap<String, String>> PLATFORMS = new ArrayList<>();

    @BeforeAll
    static void renders_the_fixtures() throws IOException {
        if (!PLATFORMS.isEmpty()) {
            return;
        }
        // The base's own platform is another, whose class of volumes is not these platforms'.
        String base = Files.readString(RESOURCES.resolve("agreement/base.yaml"))
                .replace("{type: onPremises, storageClass: local-path}", "{}");
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/platforms.yaml").toFile())) {
            for (JsonNode platform : documents.readAll()) {
                PLATFORMS.add(Rendering.objects(MergedYaml.of(base, YAML.writeValueAsString(platform))));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> are_admitted_by_api_server_and_checks() {
        return IntStream.range(0, PLATFORMS.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        "document %d".formatted(i),
                        () -> assertThat(Checks.run(Rendering.read(PLATFORMS.get(i)), Optional.empty())
                                        .all())
                                .extracting(Object::toString)
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> answer_as_the_tables_say() {
        return TABLES.entrySet().stream().sorted(Map.Entry.comparingByKey()).flatMap(table -> {
            Trace trace = Trace.of(Rendering.mesh(PLATFORMS.get(table.getKey())));
            return RequestTable.read(RESOURCES.resolve("trace/%s.yaml".formatted(table.getValue()))).stream()
                    .map(row -> DynamicTest.dynamicTest(
                            "%s: %s".formatted(table.getValue(), row),
                            () -> assertThat(row.misses(trace)).isEmpty()));
        });
    }

    @Test
    void eks_asks_the_controller_for_a_load_balancer_of_pods() {
        assertThat(values(0, GATEWAY))
                .has("/service/type", "LoadBalancer")
                .has("/service/loadBalancerClass", "service.k8s.aws/nlb")
                .has("/service/externalTrafficPolicy", "Cluster")
                .lacks("/service/loadBalancerSourceRanges")
                .has(AWS + "scheme", "internet-facing")
                .has(AWS + "nlb-target-type", "ip")
                .has(AWS + "target-group-attributes", "preserve_client_ip.enabled=true")
                .has(AWS + "attributes", "load_balancing.cross_zone.enabled=true")
                .has(AWS + "healthcheck-protocol", "http")
                .has(AWS + "healthcheck-port", "15021")
                .has(AWS + "healthcheck-path", "/healthz/ready")
                .has(AWS + "subnets", "subnet-0a1b2c3d, subnet-1b2c3d4e")
                .has(AWS + "eip-allocations", "eipalloc-0a1b2c3d, eipalloc-1b2c3d4e")
                .lacks(AWS + "type");
        assertThat(values(0, "argocd/Application/istio-inner"))
                .has(AWS + "scheme", "internal")
                .lacks(AWS + "eip-allocations")
                .hasJson("/service/loadBalancerSourceRanges", "['10.0.0.0/8']");
        assertThat(object(0, "namespaces/Namespace/istio-system"))
                .has("/metadata/labels/elbv2.k8s.aws~1pod-readiness-gate-inject", "enabled");
        assertThat(object(0, "namespaces/Namespace/shop"))
                .lacks("/metadata/labels/elbv2.k8s.aws~1pod-readiness-gate-inject");
    }

    @Test
    void eks_asks_for_one_of_nodes_and_without_a_class_before_istio_1_26() {
        assertThat(values(1, GATEWAY))
                .lacks("/service/loadBalancerClass")
                .has("/service/externalTrafficPolicy", "Local")
                .has(AWS + "type", "external")
                .has(AWS + "scheme", "internal")
                .has(AWS + "nlb-target-type", "instance")
                .has(AWS + "ip-address-type", "dualstack")
                .lacks(AWS + "healthcheck-port");
        assertThat(object(1, "namespaces/Namespace/istio-system"))
                .lacks("/metadata/labels/elbv2.k8s.aws~1pod-readiness-gate-inject");
    }

    @Test
    void eks_admits_cloudflare_alone_by_the_addresses_that_its_load_balancer_has() {
        assertThat(values(2, GATEWAY)).has(AWS + "target-group-attributes", "preserve_client_ip.enabled=false");
        assertThat((Iterable<JsonNode>) values(2, GATEWAY).at("/service/loadBalancerSourceRanges"))
                .extracting(JsonNode::asText)
                .contains("173.245.48.0/20")
                .noneMatch(range -> range.contains(":"));
    }

    @Test
    void eks_gets_a_class_of_encrypted_disks_and_volumes_of_it() {
        assertThat(object(0, "storage/StorageClass/gp3-encrypted"))
                .has("/provisioner", "ebs.csi.aws.com")
                .has("/volumeBindingMode", "WaitForFirstConsumer")
                .has("/allowVolumeExpansion", true)
                .hasJson("/parameters", "{'csi.storage.k8s.io/fstype': 'ext4', encrypted: 'true', type: 'gp3'}");
        assertThat(claims(0)).isNotEmpty().allMatch("gp3-encrypted"::equals);
        assertThat(object(0, "argocd/AppProject/shop")
                        .at("/spec/clusterResourceWhitelist")
                        .toString())
                .contains("StorageClass");
        assertThat(PLATFORMS.get(1).keySet()).noneMatch(name -> name.startsWith("storage/"));
        assertThat(claims(1)).isNotEmpty().allMatch("gp2"::equals);
    }

    @Test
    void eks_knows_the_controllers_by_their_service_accounts() {
        assertThat(values(0, "argocd/Application/cert-manager"))
                .has("/serviceAccount/annotations/eks.amazonaws.com~1role-arn", "arn:aws:iam::111122223333:role/dns");
        assertThat(object(0, "secrets/ServiceAccount/external-secrets.secrets-manager"))
                .has("/metadata/annotations/eks.amazonaws.com~1role-arn", "arn:aws:iam::111122223333:role/secrets");
    }

    @Test
    void gke_asks_for_a_passthrough_load_balancer() {
        assertThat(values(3, GATEWAY))
                .has("/service/externalTrafficPolicy", "Local")
                .has("/service/annotations/cloud.google.com~1l4-rbs", "enabled")
                .has(GOOGLE + "load-balancer-ip-addresses", "shop-edge")
                .lacks("/service/loadBalancerIP")
                .lacks("/service/loadBalancerClass")
                .hasJson("/service/loadBalancerSourceRanges", "['198.51.100.0/24', '203.0.113.0/24']");
        assertThat(values(3, "argocd/Application/istio-inner"))
                .has("/service/loadBalancerIP", "34.89.1.7")
                .lacks(GOOGLE + "load-balancer-ip-addresses");
        assertThat(values(4, GATEWAY))
                .has("/service/loadBalancerIP", "10.20.0.7")
                .has(GOOGLE + "load-balancer-type", "Internal")
                .has(GOOGLE + "internal-load-balancer-subnet", "edge")
                .has(GOOGLE + "internal-load-balancer-allow-global-access", "true")
                .lacks("/service/annotations/cloud.google.com~1l4-rbs");
    }

    @Test
    void gke_lets_the_node_agent_write_where_nodes_read_and_run_as_urgent_as_it_is() {
        assertThat(values(3, "argocd/Application/istio-cni"))
                .has("/cniBinDir", "/home/kubernetes/bin")
                .has("/cniConfDir", "/etc/cni/net.d")
                .has("/resourceQuotas/enabled", true);
        assertThat(values(4, "argocd/Application/istio-cni"))
                .has("/cni/cniBinDir", "/home/kubernetes/bin")
                .has("/cni/resourceQuotas/enabled", true);
        assertThat(object(3, "argocd/AppProject/shop")
                        .at("/spec/namespaceResourceWhitelist")
                        .toString())
                .contains("ResourceQuota");
        assertThat(object(0, "argocd/AppProject/shop")
                        .at("/spec/namespaceResourceWhitelist")
                        .toString())
                .doesNotContain("ResourceQuota");
        assertThat(values(0, "argocd/Application/istio-cni"))
                .lacks("/cniBinDir")
                .lacks("/resourceQuotas");
    }

    @Test
    void gke_has_classes_of_disks_of_its_own() {
        assertThat(claims(3)).isNotEmpty().allMatch("standard-rwo"::equals);
        assertThat(claims(4)).isNotEmpty().allMatch("premium-rwo"::equals);
        assertThat(PLATFORMS.get(3).keySet()).noneMatch(name -> name.startsWith("storage/"));
    }

    @Test
    void kind_has_a_load_balancer_in_a_container_or_published_ports() {
        assertThat(values(5, GATEWAY))
                .has("/service/type", "LoadBalancer")
                .has("/service/externalTrafficPolicy", "Cluster")
                .lacks("/service/annotations");
        assertThat(claims(5)).isNotEmpty().allMatch("standard"::equals);
        assertThat(values(6, GATEWAY))
                .has("/service/type", "NodePort")
                .has("/service/externalTrafficPolicy", "Cluster")
                .has("/service/ports/0/nodePort", 30080)
                .has("/service/ports/1/nodePort", 30443);
        assertThat(claims(6)).isNotEmpty().allMatch("local-path"::equals);
    }

    @Test
    void services_have_identities_towards_their_cloud() {
        assertThat(object(0, "services/ServiceAccount/shop.web"))
                .has("/metadata/annotations/eks.amazonaws.com~1role-arn", "arn:aws:iam::111122223333:role/web")
                .has("/automountServiceAccountToken", false);
        assertThat(object(0, "services/ServiceAccount/shop.api")).lacks("/metadata/annotations");
        assertThat(object(7, "services/ServiceAccount/shop.web"))
                .has("/metadata/annotations/azure.workload.identity~1client-id", "00000000-0000-0000-0000-000000000001")
                .has(
                        "/metadata/annotations/azure.workload.identity~1tenant-id",
                        "00000000-0000-0000-0000-000000000002");
        assertThat(object(7, "services/Deployment/shop.web"))
                .has("/spec/template/metadata/labels/azure.workload.identity~1use", "true")
                .lacks("/spec/selector/matchLabels/azure.workload.identity~1use");
    }

    @Test
    void of_google_from_the_metadata_server_of_the_node() {
        assertThat(object(3, "services/ServiceAccount/shop.web"))
                .has("/metadata/annotations/iam.gke.io~1gcp-service-account", "web@shop-prod.iam.gserviceaccount.com");
        assertThat(object(3, "services/ServiceEntry/istio-system.metadata-google-internal"))
                .hasJson("/spec/addresses", "['169.254.169.254']")
                .hasJson("/spec/exportTo", "['shop']")
                .hasJson("/spec/ports", "[{name: 'tcp-80', number: 80, protocol: 'TCP'}]")
                .has("/spec/resolution", "STATIC");
        assertThat(object(3, "services/NetworkPolicy/shop.web-to-gke-metadata"))
                .hasJson("/spec/podSelector", "{matchLabels: {app: 'web'}}")
                .hasJson("/spec/egress", """
                    [{to: [{ipBlock: {cidr: '169.254.169.252/32'}}], ports: [{port: 988, protocol: 'TCP'}]}]\
                    """);
        assertThat(PLATFORMS.get(3).entrySet().stream()
                        .filter(object -> object.getKey().startsWith("services/NetworkPolicy/shop.")
                                && object.getValue().contains("169.254.169.254/32")))
                .hasSize(1);
        assertThat(PLATFORMS.get(0).toString()).doesNotContain("169.254.169.254/32");
    }

    private static List<String> claims(int platform) {
        return PLATFORMS.get(platform).keySet().stream()
                .filter(name -> name.contains("/PersistentVolumeClaim/") || name.contains("/StatefulSet/"))
                .flatMap(name -> object(platform, name).findValuesAsText("storageClassName").stream())
                .toList();
    }

    @Test
    void openshift_gives_injected_pods_a_network_of_multus() {
        assertThat(values(8, "argocd/Application/istio-cni"))
                .has("/platform", "openshift")
                .has("/cniBinDir", "/var/lib/cni/bin")
                .has("/cniConfDir", "/etc/cni/multus/net.d")
                .has("/cniConfFileName", "istio-cni.conf")
                .has("/chained", false)
                .has("/provider", "multus")
                .has("/seLinuxOptions/type", "spc_t");
        assertThat(values(8, "argocd/Application/istiod"))
                .has("/global/platform", "openshift")
                .has("/cni/provider", "multus")
                .has("/cni/enabled", true);
        assertThat(object(8, "argocd/AppProject/shop").at("/spec/destinations").toString())
                .contains("\"namespace\":\"default\"");
        assertThat(object(8, "argocd/AppProject/shop")
                        .at("/spec/namespaceResourceWhitelist")
                        .toString())
                .contains("{\"group\":\"k8s.cni.cncf.io\",\"kind\":\"NetworkAttachmentDefinition\"}");
    }

    @Test
    void openshift_admits_pods_by_the_level_of_their_namespace() {
        Map.of(
                        "shop.scc-nonroot-v2", "nonroot-v2",
                        "old.scc-anyuid", "anyuid",
                        "istio-system.scc-nonroot-v2", "nonroot-v2",
                        "argocd.scc-nonroot-v2", "nonroot-v2",
                        "cert-manager-csi-driver.scc-nonroot-v2", "nonroot-v2")
                .forEach((name, constraints) -> assertThat(object(8, "namespaces/RoleBinding/%s".formatted(name)))
                        .has("/roleRef/kind", "ClusterRole")
                        .has("/roleRef/name", "system:openshift:scc:%s".formatted(constraints))
                        .has("/subjects/0/kind", "Group")
                        .has(
                                "/subjects/0/name",
                                "system:serviceaccounts:%s".formatted(name.substring(0, name.indexOf('.')))));
        assertThat(values(8, "argocd/Application/argocd")).has("/openshift/enabled", true);
        assertThat(values(8, "argocd/Application/cert-manager-csi-driver"))
                .has("/openshift/securityContextConstraint/enabled", true)
                .has("/commonLabels/security.openshift.io~1csi-ephemeral-volume-profile", "restricted");
        assertThat(PLATFORMS.get(9).keySet()).noneMatch(name -> name.contains("/scc-"));
    }

    @Test
    void openshift_answers_names_in_another_namespace_at_another_port() {
        assertThat(object(8, "namespaces/NetworkPolicy/shop.openshift-dns"))
                .hasJson("/spec/podSelector", "{}")
                .hasJson("/spec/policyTypes", "['Egress']")
                .has("/spec/egress/0/ports/0/port", 5353)
                .has("/spec/egress/0/to/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name", "openshift-dns");
        assertThat(PLATFORMS.get(8))
                .containsKey("namespaces/NetworkPolicy/monitoring.openshift-dns")
                .doesNotContainKey("namespaces/NetworkPolicy/istio-system.openshift-dns")
                .doesNotContainKey("namespaces/NetworkPolicy/argocd.openshift-dns");
    }

    @Test
    void talos_has_plugins_where_kubernetes_has_them() {
        assertThat(values(9, "argocd/Application/istio-cni"))
                .lacks("/cniBinDir")
                .lacks("/platform");
    }

    private static JsonNode values(int platform, String application) {
        return object(platform, application).at("/spec/source/helm/valuesObject");
    }

    private static JsonNode object(int platform, String name) {
        assertThat(PLATFORMS.get(platform)).containsKey(name);
        try {
            return YAML.readTree(PLATFORMS.get(platform).get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
