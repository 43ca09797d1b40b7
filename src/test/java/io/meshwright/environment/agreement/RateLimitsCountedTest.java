package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RateLimitsCountedTest {
    @Test
    void a_file_without_services_is_told_what_is_missing() throws IOException {
        String base = Files.readString(Path.of("test/resources/agreement/base.yaml"))
                .replaceFirst("(?s)services:.*?(?=observability:)", "");
        String file = MergedYaml.of(base, """
            gateway:
              rateLimitService:
                namespace: limits
                image: "docker.io/envoyproxy/ratelimit:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                redis: {external: counts}
            externals: {counts: {type: redis, host: redis.example.com}}
            """);

        assertThat(((Reading.Refused<?>) EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8)))
                        .problems()
                        .toString())
                .contains("gateway.rateLimitService.namespace: there is no namespace \"limits\"");
    }
}
