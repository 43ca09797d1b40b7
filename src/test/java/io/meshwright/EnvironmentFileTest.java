package io.meshwright;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.environment.reader.Reading.Refused;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases are found beside and below environments, and nowhere else. */
class EnvironmentFileTest {
    private static final String HEAD = "apiVersion: meshwright.io/v1\nkind: EnvironmentBase\n";

    @TempDir
    Path repository;

    private Path file;

    @BeforeEach
    void has_a_repository() throws IOException {
        Files.createDirectories(repository.resolve("here/.git"));
        Files.createDirectories(repository.resolve("here/environments/bases"));
        file = repository.resolve("here/environments/egov.yaml");
    }

    @Test
    void reads_bases_of_the_whole_repository() throws IOException {
        write("here/environments/bases/a.yaml", HEAD + "extends: [../b.yaml]\nistio: {mtls: PERMISSIVE}\n");
        write("here/environments/b.yaml", HEAD + "istio: {mtls: DISABLE}\n");
        write("here/shared/c.yaml", HEAD + "cluster: {name: seoul}\n");
        EnvironmentFile read = extending("bases/a.yaml, ../shared/c.yaml");

        assertThat(read.others())
                .containsExactly(
                        "%s/here/environments/b.yaml".formatted(repository),
                        "%s/here/environments/bases/a.yaml".formatted(repository),
                        "%s/here/shared/c.yaml".formatted(repository));
        assertThat(((Accepted<Environment>) read.reading()).value().cluster().name())
                .hasToString("seoul");
    }

    @Test
    void refuses_bases_outside_the_repository() throws IOException {
        write("outside.yaml", HEAD);
        Files.createSymbolicLink(repository.resolve("here/environments/link.yaml"), repository.resolve("outside.yaml"));

        assertThat(problems("../../outside.yaml, link.yaml, %s/outside.yaml".formatted(repository)))
                .hasSize(3)
                .allMatch(told -> told.endsWith("is outside the repository; keep it beside or below the environments"));
        assertThat(problems("egov.yaml")).hasSize(1).allMatch(told -> told.contains("leads back to this file"));
        assertThat(problems("gone.yaml, bases")).hasSize(2).allMatch(told -> told.contains("names no file"));
    }

    @Test
    void is_another_one_when_a_base_is() throws IOException {
        write("here/environments/a.yaml", HEAD);
        byte[] before = extending("a.yaml").content();
        write("here/environments/a.yaml", HEAD + "# changed\n");
        byte[] changed = extending("a.yaml").content();
        Files.delete(repository.resolve("here/environments/a.yaml"));

        assertThat(List.of(before, changed, extending("a.yaml").content())).doesNotHaveDuplicates();
    }

    @Test
    void reads_files_that_it_names_from_the_folder_of_the_file_that_names_them() throws IOException {
        write("here/environments/bases/files/web.conf", "workers 4\n");
        write("here/environments/bases/a.yaml", HEAD + naming("files/web.conf"));
        EnvironmentFile read = extending("bases/a.yaml");
        byte[] before = read.content();

        assertThat(read.others()).contains("%s/here/environments/bases/files/web.conf".formatted(repository));
        assertThat(((Accepted<Environment>) read.reading())
                        .value()
                        .services()
                        .get(Name.of("egov-hello"))
                        .container()
                        .files()
                        .get("/etc/web.conf")
                        .content())
                .isEqualTo("workers 4\n");
        write("here/environments/bases/files/web.conf", "workers 5\n");
        assertThat(extending("bases/a.yaml").content()).isNotEqualTo(before);
    }

    @Test
    void reads_files_that_are_no_text_and_pages_and_texts_of_config_maps() throws IOException {
        Files.createDirectories(file.resolveSibling("files"));
        Files.write(file.resolveSibling("files/logo.png"), new byte[] {(byte) 0x89, 'P'});
        write("here/environments/files/sorry.txt", "back soon");
        write("here/environments/base.yaml", HEAD + """
            namespaces:
              egov-app:
                configMaps: {shared: {data: {page: {from: files/sorry.txt}}, binaryData: {logo.png: files/logo.png}}}
            gateway: {errorPages: [{statuses: [503], from: files/sorry.txt}]}
            services: {egov-hello: {container: {files: {/srv/logo.png: {binary: files/logo.png}}}}}
            """);

        Environment read = ((Accepted<Environment>) extending("base.yaml").reading()).value();

        assertThat(read.namespaces().get(Name.of("egov-app")).configMaps().get(ObjectName.of("shared")))
                .satisfies(shared -> assertThat(shared.texts()).containsEntry("page", "back soon"))
                .satisfies(shared -> assertThat(shared.binaries()).containsEntry("logo.png", "iVA="));
        assertThat(read.services()
                        .get(Name.of("egov-hello"))
                        .container()
                        .files()
                        .get("/srv/logo.png")
                        .isBinary())
                .isTrue();
        assertThat(read.gateway().errorPages()).hasSize(1);
    }

    @Test
    void refuses_files_that_it_may_not_read_or_cannot() throws IOException {
        write("outside.conf", "secret");
        Files.write(file.resolveSibling("image.png"), new byte[] {(byte) 0x89, 'P'});

        assertThat(problemsOf("../../outside.conf"))
                .singleElement()
                .asString()
                .contains("from: \"../../outside.conf\" is outside the repository; keep it beside");
        assertThat(problemsOf("gone.conf"))
                .singleElement()
                .asString()
                .contains("services.egov-hello.container.files[\"/etc/web.conf\"].from: \"gone.conf\" names no file;");
        assertThat(problemsOf("image.png"))
                .singleElement()
                .asString()
                .contains("is not UTF-8", "take one that is no text by binary and binaryData");
    }

    private List<String> problemsOf(String named) throws IOException {
        write("here/environments/base.yaml", HEAD + naming(named));
        return problems("base.yaml");
    }

    private static String naming(String path) {
        return "services: {egov-hello: {container: {files: {/etc/web.conf: {from: %s}}}}}\n".formatted(path);
    }

    private EnvironmentFile extending(String bases) throws IOException {
        Files.writeString(file, Fixtures.file("egov").concat("extends: [%s]\n".formatted(bases)));
        return EnvironmentFile.read(file);
    }

    private List<String> problems(String bases) throws IOException {
        Reading<Environment> reading = extending(bases).reading();
        return ((Refused<Environment>) reading)
                .problems().stream().map(Object::toString).toList();
    }

    private void write(String name, String text) throws IOException {
        Path place = repository.resolve(name);
        Files.createDirectories(place.getParent());
        Files.writeString(place, text);
    }
}
