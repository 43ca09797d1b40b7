package io.meshwright.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stub is a shell script")
class HelmBinaryTest {
    private static final String APPLICATION = """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: cache, namespace: argocd}
            spec: {source: %s, destination: {namespace: store}}
            """;

    @TempDir
    private Path folder;

    private HelmBinary stub(String script) throws IOException {
        Path program = folder.resolve("helm");
        Files.writeString(program, "#!/bin/sh\n".concat(script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return HelmBinary.of(program);
    }

    private static List<HelmRelease> releases(String source) {
        return HelmRelease.others(ManifestReader.of("application.yaml", APPLICATION.formatted(source))
                .manifests());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        https://charts.example.org/stable   | template cache redis --repo https://charts.example.org/stable --version 20.1.0 --namespace store
        registry.example.org/charts         | template cache oci://registry.example.org/charts/redis --version 20.1.0 --namespace store
        oci://registry.example.org/charts/  | template cache oci://registry.example.org/charts/redis --version 20.1.0 --namespace store
        """)
    void is_asked_for_the_chart_of_the_repository(String repository, String asked) throws IOException {
        HelmRelease release = releases("{repoURL: '%s', chart: redis, targetRevision: 20.1.0}".formatted(repository))
                .get(0);

        assertThat(stub("echo \"$*\"").template(release))
                .startsWith(asked)
                .contains("--skip-tests --values ")
                .endsWith(" --include-crds\n");
    }

    @Test
    void gets_the_values_as_Argo_CD_joins_them_and_leaves_no_file_behind() throws IOException {
        HelmRelease release = releases("""
                        {repoURL: https://charts.example.org, chart: redis, targetRevision: 20.1.0, helm: {releaseName: own,
                         skipCrds: true, valuesObject: {a: 1, b: {c: x}}, parameters: [{name: b.c, value: z},
                         {name: b.d, value: "false"}, {name: b.e, value: "3"}, {name: b.f, value: "3", forceString: true}]}}
                        """).get(0);
        String printed =
                stub("echo \"$*\"; for last; do :; done; cat \"$last\"").template(release);

        assertThat(printed)
                .startsWith("template own redis ")
                .doesNotContain("--include-crds")
                .endsWith("{\"a\":1,\"b\":{\"c\":\"z\",\"d\":false,\"e\":3,\"f\":\"3\"}}");
        assertThat(Path.of(printed.replaceAll("(?s).*--values (\\S+).*", "$1"))).doesNotExist();
    }

    @Test
    void gets_no_way_to_a_cluster() throws IOException {
        HelmRelease release =
                releases("{repoURL: https://charts.example.org, chart: redis}").get(0);

        assertThat(stub("env | cut -d= -f1").template(release).lines())
                .contains("PATH")
                .doesNotContain("KUBECONFIG", "HELM_KUBETOKEN", "HELM_PLUGINS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{repoURL: https://charts.example.org, chart: --post-renderer=evil}",
                "{repoURL: https://charts.example.org, chart: redis, targetRevision: --debug}",
                "{repoURL: https://charts.example.org, chart: redis, helm: {releaseName: -f}}",
                "{repoURL: s3://bucket/charts, chart: redis}",
                "{repoURL: 'https://name:word@charts.example.org', chart: redis}",
                "{repoURL: --kubeconfig=x, chart: redis}",
                "{repoURL: https://charts.example.org, chart: redis, helm: {valueFiles: [$values/redis.yaml]}}",
                "{repoURL: https://charts.example.org, chart: redis, helm: {parameters: [{name: 'hosts[0]', value: x}]}}"
            })
    void refuses_what_helm_could_take_for_something_else(String source) throws IOException {
        HelmBinary helm = stub("touch '%s'".formatted(folder.resolve("started")));
        HelmRelease release = releases(source).get(0);

        assertThatThrownBy(() -> helm.template(release))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("--rendered: ");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void is_not_asked_for_charts_that_are_known_folders_of_repositories_and_templates_of_sets() {
        assertThat(releases(
                        "{repoURL: https://istio-release.example.org/charts, chart: istiod, targetRevision: 1.30.3}"))
                .isEmpty();
        assertThat(releases("{repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd}"))
                .isEmpty();
        assertThat(releases("{repoURL: https://git.example.org/platform, path: charts/redis}"))
                .isEmpty();
        assertThat(releases("{repoURL: https://charts.example.org, chart: '{{chart}}'}"))
                .isEmpty();
    }

    @Test
    void that_is_not_on_the_path_is_told_in_a_sentence() {
        BoundedProgram missing = BoundedProgram.onPath("--rendered", "helm-that-is-not-there", Set.of());

        assertThatThrownBy(() -> missing.run("a chart", List.of()))
                .hasMessage("--rendered: there is no \"helm-that-is-not-there\" on the path; install it, or name one by"
                        + " its path");
    }
}
