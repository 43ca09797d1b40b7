package io.meshwright.platform.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    @Test
    void is_told_line_by_line_on_the_page_of_environment_files() throws IOException {
        String page = Files.readString(Path.of("../docs/environments.md"));

        assertThat(page)
                .contains(Compatibility.lines().stream()
                        .map(line -> "| %s | %s |".formatted(line, Compatibility.patched(line)))
                        .collect(Collectors.joining("\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "1.30, 1.23.4, 8.2.7, v1.18.6, 2.17.2, 0.16.2, 2.40.7",
        "1.32.5, 1.26.2, 10.1.3, v1.20.3, 2.19.0, 0.16.2, 2.41.0",
        "1.33, 1.30.5, 10.1.3, v1.21.1, 2.20.2, 0.19.2, 2.41.0",
    })
    void gives_each_platform_the_charts_of_its_kubernetes(
            String kubernetes,
            String istio,
            String argoCd,
            String certManager,
            String keda,
            String secrets,
            String rollouts) {
        Releases releases = resolve(kubernetes, istio);

        assertThat(releases.chart(ChartAddOn.CERT_MANAGER).chart().version()).isEqualTo(certManager);
        assertThat(releases.chart(ChartAddOn.KEDA).chart().version()).isEqualTo(keda);
        assertThat(releases.chart(ChartAddOn.EXTERNAL_SECRETS).chart().version())
                .isEqualTo(secrets);
        assertThat(releases.chart(ChartAddOn.ARGO_ROLLOUTS).chart().version()).isEqualTo(rollouts);
        assertThat(releases.chart(ChartAddOn.ARGO_CD).chart().version()).isEqualTo(argoCd);
    }

    @ParameterizedTest
    @CsvSource({"1.30, 1.23.4, v2.4.21", "1.32.5, 1.26.2, v2.9.0", "1.33, 1.30.5, v2.30.0", "1.34, 1.31.1, v2.31.0"})
    void gives_each_istio_the_kiali_that_states_it(String kubernetes, String istio, String kiali) {
        assertThat(resolve(kubernetes, istio).image(ImageAddOn.KIALI).image().tag())
                .isEqualTo(kiali);
    }

    @Test
    void keeps_the_patch_of_istio_that_the_environment_names() {
        Chart istiod = resolve("1.32.5", "1.26.2").istio().istiod();

        assertThat(istiod).isEqualTo(new Chart("istiod", "1.26.2", "https://blob.istio.io/istio-release/charts"));
    }

    @ParameterizedTest
    @CsvSource({"1.31, 1.31.1", "1.30, 1.30.5", "1.23, 1.23.6", "1.30.3, 1.30.3", "1.22, 1.22", "1.30.0, 1.30.0"})
    void a_line_alone_is_its_newest_patch_if_the_table_has_it(String written, String meant) {
        assertThat(Compatibility.patched(Version.of(written))).isEqualTo(Version.of(meant));
    }

    @Test
    void names_a_revision_without_dots() {
        assertThat(resolve("1.33", "1.30.5").istio().revision()).isEqualTo("1-30-5");
    }

    @Test
    void refuses_an_istio_on_a_kubernetes_that_it_does_not_support() {
        assertThatThrownBy(() -> resolve("1.33", "1.23.4"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(
                        "istio.version: Istio \"1.23.4\" does not run on Kubernetes \"1.33\", only on 1.27 to 1.30; "
                                + "take Istio 1.26.8, 1.28.10, 1.30.5, 1.31.1, or change cluster.kubernetes");
    }

    @Test
    void admits_the_same_istio_on_the_newest_kubernetes_of_its_range() {
        assertThat(resolve("1.30.9", "1.23.4").istio().version()).isEqualTo(Version.of("1.23.4"));
    }

    @Test
    void refuses_a_kubernetes_below_every_range_and_names_what_would_do() {
        assertThatThrownBy(() -> resolve("1.27", "1.23.4"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(
                        "cluster.kubernetes: no release of argo-cd is known to run on Kubernetes 1.27 beside Istio"
                                + " 1.23; ")
                .hasMessageContaining("3.0.12 (Kubernetes 1.29 to 1.32)");
    }

    @ParameterizedTest
    @CsvSource({
        "1.22.8, is not in the compatibility table",
        "1.30.2, is not one of 1.30.3 and later",
        "1.23.7, is not one of",
        "1.30, names no patch"
    })
    void refuses_an_istio_release_that_the_table_does_not_admit(String istio, String problem) {
        assertThatThrownBy(() -> resolve("1.33", istio))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(problem);
    }

    @Test
    void admits_a_later_patch_of_a_line_that_still_gets_patches() {
        assertThat(resolve("1.33", "1.30.7").istio().gateway().version()).isEqualTo("1.30.7");
        assertThat(resolve("1.34", "1.31.4").istio().gateway().version()).isEqualTo("1.31.4");
        assertThat(resolve("1.32", "1.31.0").istio().gateway().version()).isEqualTo("1.31.0");
    }

    @Test
    void takes_another_patch_of_an_image_where_the_environment_asks_for_it() {
        assertThat(resolve("1.33", "1.30.5", "grafana", "12.4.6")
                        .image(ImageAddOn.GRAFANA)
                        .image()
                        .value())
                .isEqualTo("docker.io/grafana/grafana:12.4.6");
    }

    @Test
    void refuses_an_image_of_another_release_line() {
        assertThatThrownBy(() -> resolve("1.33", "1.30.5", "grafana", "13.2.0"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("releases.grafana: \"13.2.0\" is not known to run on Kubernetes 1.33 beside Istio 1.30; "
                        + "leave it out, or take one of 12.4.5");
    }

    @Test
    void takes_an_older_chart_that_runs_there_too() {
        assertThat(resolve("1.33", "1.30.5", "cert-manager", "1.20.3")
                        .chart(ChartAddOn.CERT_MANAGER)
                        .chart()
                        .version())
                .isEqualTo("v1.20.3");
    }

    @Test
    void refuses_a_chart_that_does_not_run_there() {
        assertThatThrownBy(() -> resolve("1.30", "1.23.4", "cert-manager", "1.21.1"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(
                        "releases.cert-manager: \"1.21.1\" is not known to run on Kubernetes 1.30 beside Istio 1.23; ");
    }

    @Test
    void refuses_an_add_on_that_it_does_not_know() {
        assertThatThrownBy(() -> resolve("1.33", "1.30.5", "graphana", "12.4.5"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(
                        "releases.graphana: \"graphana\" is no add-on; name one of alertmanager, argo-cd, ");
    }

    @Test
    void has_one_row_for_every_add_on_and_no_other() {
        assertThat(Table.KNOWN.charts().keySet())
                .containsExactlyElementsOf(Arrays.stream(ChartAddOn.values())
                        .map(ChartAddOn::key)
                        .sorted()
                        .toList());
        assertThat(Table.KNOWN.images().keySet())
                .containsExactlyElementsOf(Arrays.stream(ImageAddOn.values())
                        .map(ImageAddOn::key)
                        .sorted()
                        .toList());
    }

    @Test
    void admits_the_release_that_it_recommends_of_each_istio_line() {
        assertThat(Table.KNOWN.istio().lines()).allMatch(line -> line.patches().contains(line.release()));
    }

    private static Releases resolve(String kubernetes, String istio) {
        return Compatibility.resolve(Version.of(kubernetes), Version.of(istio));
    }

    private static Releases resolve(String kubernetes, String istio, String addOn, String version) {
        SortedMap<String, Version> overrides = new TreeMap<>();
        overrides.put(addOn, Version.of(version));
        return Compatibility.resolve(Version.of(kubernetes), Version.of(istio), overrides);
    }
}
