package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/environments.md: three environments of one platform, by one base. */
class ExtendedExampleTest {
    private static final Path EXAMPLE = Repository.ROOT.resolve("docs/examples/shop");

    @Test
    void is_three_platforms_in_less_than_fifteen_lines_each(@TempDir Path home) throws IOException {
        Path environments = Files.createDirectory(home.resolve("environments"));
        SortedMap<String, String> files = Repository.files(EXAMPLE);
        for (var file : files.entrySet()) {
            Files.writeString(environments.resolve(file.getKey()), file.getValue());
        }

        Fixtures.Run run = Fixtures.synth(home);

        assertThat(run).as(run.printed()).matches(ended -> ended.code() == 0);
        for (String name : List.of("dev", "prod", "stage")) {
            assertThat(files.get(name + ".yaml").lines().count()).isLessThan(15);
            assertThat(run.printed()).contains("%1$s/%2$s.yaml: with %1$s/base.yaml\n".formatted(environments, name));
        }
        assertThat(home.resolve("dist/stage/services/rollout.shop.web.yaml")).exists();
        assertThat(home.resolve("dist/dev/services/rollout.shop.web.yaml")).doesNotExist();
        assertThat(home.resolve("dist/dev/services/deployment.shop.web.yaml"))
                .content()
                .contains("web:2.2.0-rc.1");
    }

    @Test
    void is_what_the_guide_shows() throws IOException {
        String guide = Files.readString(Repository.ROOT.resolve("docs/environments.md"));

        assertThat(guide).contains(Files.readString(EXAMPLE.resolve("stage.yaml")));
    }
}
