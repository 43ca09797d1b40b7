package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import io.meshwright.mesh.Mesh;
import io.meshwright.secrets.SecretsPage;
import io.meshwright.value.delivery.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Argo CD reads a repository by SSH with a key that a person gives it, and knows whom it asks. */
class RepositoriesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final String URL = "ssh://git@git.example.org:2222/shop/Platform_2.git";

    @Test
    void by_ssh_are_admitted_by_the_project_and_known_by_their_key() throws IOException {
        SortedMap<String, String> objects = objects();

        assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all()).isEmpty();
        assertThat(read(objects, "argocd/AppProject/shop")
                        .at("/spec/sourceRepos")
                        .toString())
                .contains(URL);
        assertThat(read(objects, "argocd/Application/services")).has("/spec/source/repoURL", URL);
        assertThat(read(objects, "argocd/ApplicationSet/shop-fleet").at("/spec/template/spec/source"))
                .has("/repoURL", URL);
        assertThat(read(objects, "argocd/Application/argocd").at("/spec/source/helm/valuesObject"))
                .has(
                        "/configs/ssh/extraHosts",
                        "[git.example.org]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbVG5sYzJmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0\n");
        assertThat(objects.get("observability/ConfigMap/monitoring.prometheus-rules"))
                .contains("https://git.example.org/shop/Platform_2/blob/main/docs/runbooks/shop/");
    }

    @Test
    void by_ssh_need_a_secret_for_which_the_page_has_the_command() throws IOException {
        Mesh mesh = Rendering.mesh(objects());

        assertThat(SecretsPage.of("shop", mesh.manifests(), new TreeMap<>()))
                .contains("kubectl -n argocd create secret generic repository-platform-2 --from-literal=type=git"
                        + " --from-literal=url=%s --from-file=sshPrivateKey=/dev/stdin".formatted(URL)
                        + " && kubectl -n argocd label secret repository-platform-2"
                        + " argocd.argoproj.io/secret-type=repository");
    }

    @Test
    void show_their_pages_whatever_they_are_read_by() {
        assertThat(GitRepository.of("git@github.com:shop/platform.git").pages())
                .hasToString("https://github.com/shop/platform");
        assertThat(GitRepository.of("https://git.example.org/platform.git").pages())
                .hasToString("https://git.example.org/platform");
        assertThat(GitRepository.of(URL).host()).isEqualTo("git.example.org");
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) throws IOException {
        assertThat(objects).containsKey(name);
        return YAML.readTree(objects.get(name));
    }

    private static SortedMap<String, String> objects() throws IOException {
        return Rendering.objects(MergedYaml.of(
                Files.readString(RESOURCES.resolve("agreement/base.yaml")),
                Files.readString(RESOURCES.resolve("environments/repository-by-ssh.yaml"))));
    }
}
