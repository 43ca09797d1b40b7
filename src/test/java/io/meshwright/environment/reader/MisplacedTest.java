package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An unknown key is looked for in the whole tree before its neighbours are named. */
class MisplacedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        '    app: web'    | '    replicas: 3'            | services.web-service.replicas: is unknown; write "scale.replicas"
        '    app: web'    | '    image: a/b:1'           | services.web-service.image: is unknown; write "container.image"
        '    app: web'    | '    port: 80'               | services.web-service.port: is unknown; write "ports"
        '    app: web'    | '    steps: [10]'            | services.web-service.steps: is unknown; write "release.steps" (type: canary)
        '    app: web'    | '    resource: {}'           | services.web-service.resource: is unknown; write "container.resources"
        '    app: web'    | '    imagePullSecrets: [a]'  | services.web-service.imagePullSecrets: is unknown; write "pod.imagePullSecrets"
        '    app: web'    | '    trustedProxies: 1'      | services.web-service.trustedProxies: is unknown; remove it, or
        '    app: web'    | '    sampling: 1'            | services.web-service.sampling: is unknown; remove it, or move it to "istio.telemetry.sampling"
        '    app: web'    | '    allow-from: [gateway]'  | services.web-service.allow-from: is unknown; write "allowFrom"
        '    app: was'    | '    release: {type: mirror, steps: [1]}' | services.was-service.release.steps: is unknown; remove it, or use one of live, shadow, percent; it goes with type: canary
        '  mtls: PERMISSIVE' | '  telemetries: {}'       | istio.telemetries: is unknown; write "telemetry"
        """)
    void is_told_where_it_belongs(String line, String wrong, String told) {
        String before = unquoted(line);
        String file = Fixtures.file("homelab");
        assertThat(file).contains(before + "\n");
        String text = file.replaceFirst("(?m)^" + before + "$", before + "\n" + unquoted(wrong));

        Reading<Environment> reading =
                RecordReader.read("homelab.yaml", text.getBytes(StandardCharsets.UTF_8), Environment.class);

        assertThat(((Reading.Refused<Environment>) reading).problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains(told));
    }

    private static String unquoted(String text) {
        return text.strip().replaceAll("^'|'$", "");
    }
}
