package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String CLAIM = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %s}}}
            """;

    @TempDir
    Path home;

    private Terminal terminal;
    private Optional<SortedMap<String, Reading>> rendered = Optional.of(new TreeMap<>());

    @BeforeEach
    void begins() {
        terminal = terminal();
    }

    private Terminal terminal() {
        return new Terminal(
                Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted, (files, console) -> rendered);
    }

    @Test
    void tells_what_two_folders_have_in_common_and_what_not() throws IOException {
        write("a/claim.yaml", CLAIM.formatted("10Gi"));
        write("b/claim.yaml", CLAIM.formatted("5Gi"));

        assertThat(terminal.run("plan", path("a"), path("b"))).isEqualTo(6);
        assertThat(terminal.out())
                .contains(
                        "plan: 0 added, 1 changed, 0 removed, risk dangerous",
                        "spec.resources.requests.storage: 10Gi → 5Gi",
                        "PLAN303 PersistentVolumeClaim shop/data",
                        "a claim cannot shrink: write a new one and copy the data",
                        "risk: dangerous");
    }

    @Test
    void folders_of_several_clusters_are_compared_cluster_by_cluster() throws IOException {
        for (String side : List.of("a", "b")) {
            for (String cluster : List.of("dev", "prod", "test")) {
                write("%s/%s/claim.yaml".formatted(side, cluster), CLAIM.formatted(cluster.length() + "Gi"));
            }
        }
        write("b/dev/claim.yaml", CLAIM.formatted("1Gi"));

        assertThat(terminal.run("plan", path("a"), path("b"))).isEqualTo(6);
        assertThat(terminal.out())
                .contains(
                        "the folders of dev, prod and test hold the same objects for different clusters: each is"
                                + " compared by itself\nnothing changes for prod and test\n",
                        "dev: 0 added, 1 changed, 0 removed, risk dangerous",
                        "spec.resources.requests.storage: 3Gi → 1Gi");
    }

    @Test
    void a_cluster_of_its_own_folder_is_new_as_a_whole() throws IOException {
        for (String cluster : List.of("dev", "prod")) {
            write("a/%s/claim.yaml".formatted(cluster), CLAIM.formatted(cluster.length() + "Gi"));
            write("b/%s/claim.yaml".formatted(cluster), CLAIM.formatted(cluster.length() + "Gi"));
        }
        write("b/test/claim.yaml", CLAIM.formatted("9Gi"));

        assertThat(terminal.run("plan", path("a"), path("b"))).isZero();
        assertThat(terminal.out()).contains("PLAN311 environment test: is new, with 1 object");
    }

    @Test
    void a_key_that_both_sides_write_twice_hinders_no_plan() throws IOException {
        String twice =
                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: ClusterIP, type: NodePort}}\n";
        write("a/claim.yaml", CLAIM.formatted("10Gi"));
        write("b/claim.yaml", CLAIM.formatted("20Gi"));
        write("a/web.yaml", twice);
        write("b/web.yaml", "# moved by a line\n" + twice);

        assertThat(terminal.run("plan", path("a"), path("b"))).isZero();
        assertThat(terminal.out())
                .contains("on both sides: ", "b/web.yaml:2:80: type: is written twice", "plan: 0 added, 1 changed");
        Terminal other = terminal();
        write("b/more.yaml", twice.replace("web", "more"));
        assertThat(other.run("plan", path("a"), path("b"))).isEqualTo(2);
        assertThat(other.err())
                .contains("b/more.yaml:1:81: type: is written twice")
                .doesNotContain("web.yaml");
    }

    @Test
    void a_finding_is_known_again_whatever_the_folder_of_its_side() throws IOException {
        for (String side : List.of("a", "b")) {
            write("%s/one.yaml".formatted(side), CLAIM.formatted("10Gi"));
            write("%s/two.yaml".formatted(side), CLAIM.formatted("10Gi"));
            write("%s/web/values.yaml".formatted(side), "size: 1\n");
            write("%s/web/kustomization.yaml".formatted(side), "patches: [{path: values.yaml}]\n");
        }
        write("a/old/values.yaml", "size: 1\n");
        write("a/old/kustomization.yaml", "patches: [{path: values.yaml}]\n");
        write("b/more.yaml", CLAIM.formatted("10Gi").replace("name: data", "name: more"));

        assertThat(terminal.run("plan", path("a"), path("b"))).isZero();
        assertThat(terminal.out())
                .contains("a/old/values.yaml: info MESH105")
                .doesNotContain("a/web/values.yaml", "MESH106: the object is written 2 times");
    }

    @Test
    void two_files_are_one_mesh_whatever_their_names() throws IOException {
        write("before.yaml", CLAIM.formatted("10Gi"));
        write(
                "after.yaml",
                CLAIM.formatted("5Gi") + "---\n" + "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        write("same.yaml", CLAIM.formatted("10Gi"));
        write("folder/claim.yaml", CLAIM.formatted("10Gi"));

        assertThat(terminal.run("plan", path("before.yaml"), path("after.yaml")))
                .isEqualTo(6);
        assertThat(terminal.out()).contains("plan: 1 added, 1 changed, 0 removed, risk dangerous");
        assertThat(terminal().run("plan", path("before.yaml"), path("same.yaml")))
                .isZero();
        Terminal other = terminal();
        assertThat(other.run("plan", path("before.yaml"), path("folder"))).isZero();
        assertThat(other.out()).contains("plan: no change\n");
    }

    @Test
    void two_folders_of_one_environment_each_are_one_mesh_whatever_their_names() throws IOException {
        write("azure/inventory.json", "{}");
        write("azure/shop/claim.yaml", CLAIM.formatted("10Gi"));
        write("copy/inventory.json", "{}");
        write("copy/shop/claim.yaml", CLAIM.formatted("5Gi"));

        assertThat(terminal.run("plan", path("azure"), path("copy"))).isEqualTo(6);
        assertThat(terminal.out()).contains("copy: 0 added, 1 changed, 0 removed, risk dangerous");
    }

    @Test
    void ends_well_below_the_limit_and_where_nothing_differs() throws IOException {
        write("a/claim.yaml", CLAIM.formatted("10Gi"));
        write("b/claim.yaml", CLAIM.formatted("20Gi"));

        assertThat(terminal.run("plan", path("a"), path("b"))).isZero();
        assertThat(terminal.run("plan", path("a"), path("a"))).isZero();
        assertThat(terminal.out()).contains("plan: no change\nrisk: none\n");
    }

    @Test
    void saves_every_form_at_once_and_prints_one() throws IOException {
        write("a/claim.yaml", CLAIM.formatted("10Gi"));
        write("b/claim.yaml", CLAIM.formatted("20Gi"));

        assertThat(terminal.run("plan", path("a"), path("b"), "--save", path("out"), "--format", "json"))
                .isZero();
        assertThat(terminal.out()).startsWith("{");
        for (String file : List.of("plan.txt", "plan.json", "plan.md", "plan.html")) {
            assertThat(home.resolve("out").resolve(file)).content().contains("shop");
        }
    }

    @Test
    void passes_a_change_that_a_file_of_the_caller_accepts() throws IOException {
        write("a/claim.yaml", CLAIM.formatted("10Gi"));
        write("b/claim.yaml", CLAIM.formatted("5Gi"));
        write("accepted.txt", "# looked at\nPLAN303 PersistentVolumeClaim shop/data nobody uses it yet\n");

        assertThat(terminal.run("plan", path("a"), path("b"), "--accepted", path("accepted.txt")))
                .isZero();
        assertThat(terminal.out()).contains("accepted by %s:2".formatted(path("accepted.txt")), "risk: dangerous");
    }

    @Test
    void compares_dist_with_what_the_environment_files_would_render() throws IOException {
        write("environments/lab.yaml", "");
        write("dist/lab/inventory.json", "{}");
        write("dist/lab/data/claim.yaml", CLAIM.formatted("10Gi"));
        rendered = Optional.of(new TreeMap<>(Map.of(
                "lab",
                new ManifestReader()
                        .text("lab/data/claim.yaml", CLAIM.formatted("20Gi"))
                        .read())));

        assertThat(terminal.run("plan")).isZero();
        assertThat(terminal.out()).contains("lab: 0 added, 1 changed, 0 removed, risk none", "10Gi → 20Gi");
    }

    @Test
    void tells_of_an_environment_that_is_gone() throws IOException {
        write("environments/lab.yaml", "");
        write("dist/lab/inventory.json", "{}");
        write("dist/lab/data/claim.yaml", CLAIM.formatted("10Gi"));

        assertThat(terminal.run("plan")).isEqualTo(6);
        assertThat(terminal.out()).contains("dangerous PLAN312 environment lab: is gone, with 1 object");
    }

    @Test
    void reads_revisions_without_touching_what_is_checked_out() throws IOException, GitAPIException {
        try (Git git = Git.init().setDirectory(home.toFile()).call()) {
            RevCommit first = committed(git, "10Gi", "Begin");
            committed(git, "20Gi", "Grow");
            committed(
                    git,
                    "5Gi",
                    "Shrink\n\nMeshwright-Accept: PLAN303 PersistentVolumeClaim shop/data made anew by hand");
            write("dist/lab/data/claim.yaml", CLAIM.formatted("7Gi"));

            assertThat(inRepository(git, "HEAD~2", "HEAD~1")).isZero();
            assertThat(terminal.out())
                    .contains("lab: 0 added, 1 changed", "10Gi → 20Gi")
                    .doesNotContain("7Gi");
            assertThat(inRepository(git, first.name(), "HEAD")).isEqualTo(6);
            assertThat(terminal.out()).contains("(accepted by Kim)");
            assertThat(home.resolve("dist/lab/data/claim.yaml")).content().contains("7Gi");
        }
    }

    @Test
    void compares_with_where_the_history_parts_unless_told_otherwise() throws IOException, GitAPIException {
        try (Git git =
                Git.init().setDirectory(home.toFile()).setInitialBranch("main").call()) {
            committed(git, "10Gi", "Begin");
            git.checkout().setCreateBranch(true).setName("topic").call();
            committed(git, "20Gi", "Grow");
            git.checkout().setName("main").call();
            committed(git, "30Gi", "Grow more");

            inRepository(git, "main", "topic");
            assertThat(terminal.out()).contains("10Gi → 20Gi");
            inRepository(git, "--exact", "main", "topic");
            assertThat(terminal.out()).contains("30Gi → 20Gi");
            // the folder in which tests run has one of the name main
            assertThat(inRepository(git, "main")).isZero();
            assertThat(terminal.out()).contains("no change");
        }
    }

    @Test
    void a_folder_that_only_one_revision_has_is_new_or_gone_and_one_that_neither_has_is_refused() throws Exception {
        try (Git git = Git.init().setDirectory(home.toFile()).call()) {
            committed(git, "10Gi", "Begin");
            write("more/claim.yaml", CLAIM.formatted("10Gi"));
            committed(git, "10Gi", "More");

            assertThat(inRepository(git, "HEAD~1", "HEAD", "--path", path("more")))
                    .isZero();
            assertThat(terminal.out())
                    .contains("HEAD~1 (", ") has no manifests in more: the other side has all of them", "1 added");
            assertThat(inRepository(git, "--exact", "HEAD", "HEAD~1", "--path", "more"))
                    .isEqualTo(6);
            assertThat(terminal.out()).contains("PLAN305 PersistentVolumeClaim shop/data");
            assertThat(inRepository(git, "HEAD~1", "--path", "more")).isZero();
            assertThat(terminal.out()).contains("1 added");
            assertThat(inRepository(git, "HEAD~1", "HEAD", "--path", "moer")).isEqualTo(2);
            assertThat(terminal.err()).contains("\"HEAD~1\" has no manifests in moer");
        }
    }

    @Test
    void one_file_and_a_link_of_a_revision_are_read_and_a_bare_repository_too(@TempDir Path other) throws Exception {
        try (Git git = Git.init().setDirectory(home.toFile()).call()) {
            Files.createDirectories(home.resolve("links"));
            Files.createSymbolicLink(home.resolve("links/claim.yaml"), Path.of("..", "dist/lab/data/claim.yaml"));
            committed(git, "10Gi", "Begin");
            committed(git, "20Gi", "Grow");

            assertThat(inRepository(git, "HEAD~1", "HEAD", "--path", "dist/lab/data/claim.yaml"))
                    .isZero();
            assertThat(terminal.out()).contains("0 added, 1 changed", "10Gi → 20Gi");
            assertThat(inRepository(git, "HEAD~1", "HEAD", "--path", "links")).isZero();
            assertThat(terminal.out()).contains("0 added, 1 changed", "10Gi → 20Gi");
            Git.cloneRepository()
                    .setURI(home.toUri().toString())
                    .setDirectory(other.toFile())
                    .setBare(true)
                    .call()
                    .close();
        }
        terminal = terminal();
        assertThat(terminal.run("plan", "--repository", other.toString(), "HEAD~1", "HEAD", "--path", "dist"))
                .isZero();
        assertThat(terminal.out()).contains("10Gi → 20Gi");
    }

    @Test
    void a_shallow_clone_is_refused_with_the_command_that_fetches_the_rest(@TempDir Path other) throws Exception {
        try (Git git =
                Git.init().setDirectory(home.toFile()).setInitialBranch("main").call()) {
            committed(git, "10Gi", "Begin");
            git.checkout().setCreateBranch(true).setName("topic").call();
            committed(git, "20Gi", "Grow");
            git.checkout().setName("main").call();
            committed(git, "30Gi", "Grow more");
        }
        try (Git shallow = Git.cloneRepository()
                .setURI(home.toUri().toString())
                .setDirectory(other.toFile())
                .setDepth(1)
                .setCloneAllBranches(true)
                .call()) {
            for (List<String> names : List.of(List.of("origin/main", "origin/topic"), List.of("HEAD~1", "HEAD"))) {
                assertThat(inRepository(shallow, names.get(0), names.get(1), "--path", "dist"))
                        .isEqualTo(2);
                assertThat(terminal.err()).contains("shallow", "git fetch --unshallow");
            }
        }
    }

    @Test
    void where_one_revision_has_no_dist_both_are_rendered() throws Exception {
        rendered = Optional.of(new TreeMap<>(Map.of("lab", new ManifestReader().read())));
        try (Git git = Git.init().setDirectory(home.toFile()).call()) {
            write("environments/lab.yaml", "apiVersion: meshwright.io/v1\n");
            git.add().addFilepattern(".").call();
            git.commit().setSign(false).setMessage("Begin").call();
            committed(git, "10Gi", "With dist");

            assertThat(inRepository(git, "HEAD~1", "HEAD")).isZero();
            assertThat(terminal.out())
                    .contains("HEAD~1 (", "HEAD (", ") is rendered by this program", "lab: no change");
        }
    }

    @Test
    void answers_bad_input_with_a_sentence_and_exit_code_two() throws IOException {
        write("a/claim.yaml", CLAIM.formatted("10Gi"));
        write("a/broken.yaml", "a: [");
        write("list.txt", "MESH101 nothing\n");

        assertThat(terminal.run("plan", path("a"), path("a"))).isEqualTo(2);
        assertThat(terminal.err()).contains("broken.yaml:1:");
        assertThat(refused("plan", path("a"))).contains("is one side only; name a second file or folder");
        assertThat(refused("plan", path("a"), path("a"), "--fail-on", "much"))
                .isEqualTo("--fail-on: \"much\" is no risk; write low, review or dangerous\n");
        assertThat(refused("plan", path("a"), path("a"), "--accepted", path("list.txt")))
                .contains("list.txt:1: \"MESH101 nothing\" accepts nothing");
        write("short.txt", "PLAN303 PersistentVolumeClaim\n");
        assertThat(refused("plan", path("a"), path("a"), "--accepted", path("short.txt")))
                .contains("short.txt:1: \"PLAN303 PersistentVolumeClaim\" accepts nothing");
        assertThat(refused("plan", path("a"), path("nowhere")))
                .contains("nowhere\" is no file and no folder, as \"", "name two files or folders");
        assertThat(refused("plan", path("a"), path("a"), "--output", path("nowhere/plan.txt")))
                .contains("cannot be a file; name one in a folder that is there");
        assertThat(refused("plan", "topic", "--repository", path("nowhere")))
                .contains("nowhere\" is no folder; name the one of a repository");
        assertThat(refused("plan", path("a"), path("a"), "--accepted", path("none.txt")))
                .contains("is no file; name one, or REVISION:FILE");
    }

    @Test
    void takes_what_is_accepted_from_the_branch_that_is_merged_into() throws Exception {
        try (Git git = Git.init().setDirectory(home.toFile()).call()) {
            RevCommit base = committed(git, "10Gi", "Begin");
            write("accepted.txt", "PLAN303 PersistentVolumeClaim shop/data made anew\n");
            RevCommit head = committed(git, "5Gi", "Shrink, and accept it oneself");

            assertThat(inRepository(git, "--accepted", base.name() + ":accepted.txt", base.name(), head.name()))
                    .isEqualTo(6);
            assertThat(inRepository(git, "--accepted", head.name() + ":accepted.txt", base.name(), head.name()))
                    .isZero();
        }
        assertThat(refused(
                        "plan", path("a"), path("a"), "--repository", path(""), "--accepted", "no-such:accepted.txt"))
                .contains("no-such");
    }

    private String refused(String... line) {
        terminal = terminal();
        assertThat(terminal.run(line)).isEqualTo(2);
        return terminal.err();
    }

    /** The command looks for the repository around its own folder, which a test cannot change: it names the paths. */
    private int inRepository(Git git, String... words) {
        terminal = terminal();
        List<String> line = new java.util.ArrayList<>(List.of(
                "plan", "--repository", git.getRepository().getWorkTree().getPath()));
        line.addAll(List.of(words));
        return terminal.run(line.toArray(String[]::new));
    }

    private RevCommit committed(Git git, String size, String message) throws IOException, GitAPIException {
        write("dist/lab/inventory.json", "{}");
        write("dist/lab/data/claim.yaml", CLAIM.formatted(size));
        git.add().addFilepattern(".").call();
        return git.commit()
                .setSign(false)
                .setAuthor("Kim", "kim@example.org")
                .setCommitter("Kim", "kim@example.org")
                .setMessage(message)
                .call();
    }

    private String path(String name) {
        return home.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
