package io.meshwright.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsPageTest {
    private static final Pattern CODE = Pattern.compile("(?s)```\n(.*?)```");

    @Test
    void asks_each_host_for_what_is_delivered() {
        assertThat(page("azure"))
                .contains(
                        "'https://app.buildingbite.com/' # delivered to frontend.frontend.svc.cluster.local:80",
                        "--resolve oauth.buildingbite.com:443:\"$address\"",
                        "-servername oauth.buildingbite.com",
                        "address=$(kubectl get service -n istio-system ");
        assertThat(page("egov")).contains("'http://any.example/a/b/c/hello' # delivered to egov-hello.egov-app");
        assertThat(page("egov")).doesNotContain("openssl");
    }

    @Test
    void chooses_each_workload_that_has_a_proxy_by_its_own_labels() {
        assertThat(page("azure"))
                .contains(
                        "ns=user-service; pod=$(kubectl get pods -n $ns -l 'app=user-service,version=v1'",
                        "ns=istio-system; pod=$(kubectl get pods -n $ns -l 'app=")
                .doesNotContain("-l 'app=prometheus'"); // which keeps out of the mesh
    }

    @Test
    void names_what_stands_still_and_what_a_lost_disk_takes_away() {
        assertThat(page("homelab"))
                .containsPattern("stand still while it is replaced: [^\n]*`blog-system/mysql`")
                .containsPattern("a lost disk takes away[^\n]*`blog-system/[^`]*mysql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure", "egov", "homelab"})
    void every_block_is_a_script_that_a_shell_reads(String environment) throws Exception {
        List<String> blocks = CODE.matcher(page(environment))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).hasSize(6);
        for (String block : blocks) {
            assertThat(complaints(block)).as(block).isEmpty();
        }
    }

    private static String complaints(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var input = shell.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    private static String page(String environment) {
        return OperationsPage.of(
                environment,
                Mesh.of(new ManifestReader()
                        .path(Fixtures.dist().resolve(environment))
                        .read()
                        .manifests()));
    }
}
