package io.meshwright.construct.observability.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.ImageAddOn;
import io.meshwright.value.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The programs that judge a configuration are those that will read it. */
class ValidatorsTest {
    @Test
    void are_built_in_the_versions_that_are_rendered() throws Exception {
        String script = Files.readString(
                Path.of("").toAbsolutePath().resolve("../.ci/validators").normalize());

        assertThat(script)
                .containsPattern("\\npromtool .* v0.3%s ".formatted(withoutMajor(ImageAddOn.PROMETHEUS)))
                .containsPattern("\\nprometheus .* v0.3%s ".formatted(withoutMajor(ImageAddOn.PROMETHEUS)))
                .containsPattern("\\nalertmanager .* v%s ".formatted(version(ImageAddOn.ALERTMANAGER)))
                .containsPattern("\\nloki .* v%s ".formatted(version(ImageAddOn.LOKI)))
                .contains("collector=v%s\n".formatted(version(ImageAddOn.OTEL_COLLECTOR)))
                .containsPattern("\\ngrafana=%s\\.[0-9]+\n".formatted(withoutPatch(ImageAddOn.GRAFANA)));
    }

    /** Prometheus 3.14.0 is version 0.314.0 of its Go module. */
    private static String withoutMajor(ImageAddOn addOn) {
        return version(addOn).substring(2);
    }

    /** Not every patch of Grafana has a release of its types. */
    private static String withoutPatch(ImageAddOn addOn) {
        return version(addOn).replaceFirst("\\.[0-9]+$", "");
    }

    private static String version(ImageAddOn addOn) {
        return Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5"))
                .image(addOn)
                .version()
                .toString();
    }
}
