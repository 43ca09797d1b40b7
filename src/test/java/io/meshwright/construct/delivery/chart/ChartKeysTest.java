package io.meshwright.construct.delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.delivery.istio.GatewayPod;
import io.meshwright.construct.delivery.istio.GatewayPort;
import io.meshwright.construct.delivery.istio.GatewayService;
import io.meshwright.construct.delivery.istio.GatewayValues;
import io.meshwright.construct.delivery.istio.IstioBaseValues;
import io.meshwright.construct.delivery.istio.IstioCniValues;
import io.meshwright.construct.delivery.istio.IstiodValues;
import io.meshwright.construct.delivery.istio.Revision;
import io.meshwright.platform.CniFolders;
import io.meshwright.platform.release.Chart;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.platform.release.Releases;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.workload.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Helm drops a key that a chart does not know without a word. {@code keys/} has, for every chart of the compatibility
 * table and every map that we write into, the names that the chart's own values have there; {@code .*} marks what a
 * chart passes on as it is.
 */
class ChartKeysTest {
    private static final List<String[]> CLUSTERS = List.of(
            new String[] {"1.30", "1.23.4"},
            new String[] {"1.32.5", "1.26.2"},
            new String[] {"1.33", "1.30.5"},
            new String[] {"1.34", "1.30.5"},
            new String[] {"1.34", "1.31.1"});
    private static final Resources SOME = Resources.of("50m", "64Mi", "256Mi");

    @ParameterizedTest(name = "{0}")
    @MethodSource("charts")
    void writes_only_keys_that_the_chart_has(String chart, ChartValues values) {
        List<String> known = keys(chart);

        assertThat(paths("", values.values()))
                .isNotEmpty()
                .allMatch(path -> known.stream().anyMatch(key -> covers(key, path)));
    }

    @Test
    void would_notice_a_key_that_moved_between_two_releases_of_a_chart() {
        List<String> old = keys("istiod-1.23.4");

        assertThat(old)
                .noneMatch(key -> covers(key, "autoscaleMin"))
                .anyMatch(key -> covers(key, "pilot.autoscaleMin"));
        assertThat(keys("istiod-1.26.2")).anyMatch(key -> covers(key, "autoscaleMin"));
    }

    static Stream<Arguments> charts() {
        return CLUSTERS.stream()
                .flatMap(cluster -> charts(Compatibility.resolve(Version.of(cluster[0]), Version.of(cluster[1]))))
                .distinct();
    }

    private static Stream<Arguments> charts(Releases releases) {
        IstioRelease istio = releases.istio();
        Revision revision = Revision.of(Name.of(istio.revision()));
        TreeMap<String, String> env = new TreeMap<>(Map.of("PILOT_ENABLE_EDS_DEBOUNCE", "true"));
        ArrayList<Arguments> charts = new ArrayList<>(List.of(
                chart(istio.base(), new IstioBaseValues(istio, revision)),
                chart(
                        istio.istiod(),
                        new IstiodValues(istio, revision, Map.of(), env, Replicas.between(2, 3), SOME, SOME)),
                chart(istio.istiod(), new IstiodValues(istio, revision, Map.of(), env, Replicas.fixed(1), SOME, SOME)),
                chart(istio.cni(), new IstioCniValues(istio, Optional.of(new CniFolders("/a", "/b")), true, SOME)),
                chart(istio.gateway(), gateway(istio, revision, Replicas.between(2, 3))),
                chart(istio.gateway(), gateway(istio, revision, Replicas.fixed(1)))));
        charts.add(chart(
                releases,
                ChartAddOn.ARGO_CD,
                new ArgoCdValues(
                        Host.of("argocd.example.org"),
                        "/argocd",
                        true,
                        true,
                        Optional.of(new SlackNotifications("ops", "argocd-notifications", "slack-token")),
                        List.of("git.example.org ssh-ed25519 AAAA"),
                        Optional.of(Name.of("holmes")))));
        charts.add(chart(releases, ChartAddOn.ARGO_ROLLOUTS, new ArgoRolloutsValues(Replicas.fixed(2), SOME)));
        charts.add(chart(
                releases,
                ChartAddOn.CERT_MANAGER,
                new CertManagerValues(
                        Name.of("cert-manager"),
                        List.of("1.1.1.1:53"),
                        Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/dns"),
                        Map.of("azure.workload.identity/use", "true"))));
        charts.add(
                chart(releases, ChartAddOn.CERT_MANAGER_CSI_DRIVER, new CertificateDriverValues("/var/lib/kubelet")));
        charts.add(chart(releases, ChartAddOn.EXTERNAL_SECRETS, new ExternalSecretsValues()));
        charts.add(chart(releases, ChartAddOn.KEDA, new KedaValues()));
        charts.add(chart(releases, ChartAddOn.METALLB, new MetalLbValues(true)));
        return charts.stream();
    }

    private static GatewayValues gateway(IstioRelease istio, Revision revision, Replicas replicas) {
        TreeMap<String, String> annotations = new TreeMap<>(Map.of("metallb.io/loadBalancerIPs", "192.168.1.200"));
        return new GatewayValues(
                istio,
                revision.name(),
                GatewayPod.of(Name.of("istio-ingressgateway"), Name.of("edge")),
                new GatewayService(
                        "LoadBalancer",
                        List.of(GatewayPort.of("https", 443, 8443)),
                        annotations,
                        Optional.of("Local"),
                        List.of("10.0.0.0/8"),
                        Optional.empty(),
                        Optional.of(IpAddress.of("203.0.113.10"))),
                replicas,
                SOME);
    }

    private static Arguments chart(Releases releases, ChartAddOn addOn, ChartValues values) {
        return chart(releases.chart(addOn).chart(), values);
    }

    private static Arguments chart(Chart chart, ChartValues values) {
        return Arguments.of("%s-%s".formatted(chart.name(), chart.version()), values);
    }

    private static boolean covers(String key, String path) {
        return key.equals(path)
                || key.endsWith(".*") && "%s.".formatted(path).startsWith(key.substring(0, key.length() - 1));
    }

    private static Stream<String> paths(String parent, Map<?, ?> values) {
        return values.entrySet().stream().flatMap(entry -> {
            String path = "%s%s".formatted(parent, entry.getKey());
            return entry.getValue() instanceof Map<?, ?> map && !map.isEmpty()
                    ? paths("%s.".formatted(path), map)
                    : Stream.of(path);
        });
    }

    private static List<String> keys(String chart) {
        String name = "keys/%s.txt".formatted(chart);
        try (InputStream text = ChartKeysTest.class.getResourceAsStream(name)) {
            assertThat(text).as(name).isNotNull();
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
