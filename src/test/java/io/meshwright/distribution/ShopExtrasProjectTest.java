package io.meshwright.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.extension.OutsideProject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example as an outside Maven project: it finds our jars in a repository, and the distribution runs it. */
@Tag("distribution")
class ShopExtrasProjectTest {
    @Test
    void is_built_by_maven_and_run_by_the_distribution(@TempDir Path temporary) throws Exception {
        Unpacked unpacked = Unpacked.in(temporary);
        Path project = OutsideProject.copy("shop-extras", unpacked.repository().resolve("shop-extras"));

        assertThat(OutsideProject.build(project, temporary)).contains("BUILD SUCCESS");

        Unpacked.Run synth = unpacked.run(
                Map.of("XDG_CACHE_HOME", unpacked.cache().toString()),
                "synth",
                "--environments",
                project.resolve("environments").toString(),
                "--dist",
                project.resolve("dist").toString(),
                "--extensions",
                project.resolve("target/shop-extras.jar").toString());
        assertThat(synth.code()).as(synth.err()).isZero();
        assertThat(project.resolve("dist/shop/extras/deployment.shop.thumbnails.yaml"))
                .exists();
    }
}
