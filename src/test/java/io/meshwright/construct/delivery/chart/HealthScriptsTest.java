package io.meshwright.construct.delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

class HealthScriptsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void an_application_that_others_need_is_awaited_while_it_is_rolled_out() {
        assertThat(application("60", Duration.ofSeconds(20), "Progressing")).isEqualTo("Progressing");
    }

    @Test
    void a_definition_that_is_degraded_for_a_moment_fails_no_wave() {
        assertThat(application("60", Duration.ofSeconds(2), "Degraded")).isEqualTo("Progressing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Degraded", "Suspended", "Progressing", "Missing", "Unknown"})
    void nothing_is_awaited_for_longer_than_it_says(String health) {
        assertThat(application("60", Duration.ofSeconds(65), health)).isEqualTo("Healthy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Degraded", "Suspended", "Progressing", "Missing", "Unknown"})
    void what_nobody_needs_holds_nobody_back(String health) {
        assertThat(application(null, Duration.ZERO, health)).isEqualTo("Healthy");
    }

    @Test
    void a_healthy_application_is_healthy_at_once() {
        assertThat(application("60", Duration.ZERO, "Healthy")).isEqualTo("Healthy");
    }

    @ParameterizedTest
    @CsvSource({"10, Progressing", "200, Progressing", "310, Degraded"})
    void what_others_need_and_was_never_applied_lets_nobody_pass(int seconds, String health) {
        assertThat(health(HealthScripts.APPLICATION, """
            metadata: {annotations: {meshwright.io/await-seconds: "60"}, creationTimestamp: "%s"}
            status: {health: {status: Healthy}, sync: {status: OutOfSync}}
            """.formatted(ago(Duration.ofSeconds(seconds)))))
                .isEqualTo(health);
    }

    @Test
    void what_stands_in_the_cluster_as_in_git_was_applied_by_somebody() {
        assertThat(health(HealthScripts.APPLICATION, """
            metadata: {annotations: {meshwright.io/await-seconds: "60"}, creationTimestamp: "2026-01-01T00:00:00Z"}
            status: {health: {status: Healthy}, sync: {status: Synced}}
            """)).isEqualTo("Healthy");
    }

    @Test
    void the_state_of_a_child_is_told_beside_it() {
        LuaValue health = run(HealthScripts.APPLICATION, "{metadata: {}, status: {health: {status: Degraded}}}");

        assertThat(health.get("message").tojstring()).isEqualTo("Degraded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | Progressing",
                "{status: {conditions: []}} | Progressing",
                "{status: {conditions: [{type: NamesAccepted, status: 'True'}, {type: Established, status: 'False',"
                        + " reason: Installing}]}} | Progressing",
                "{status: {conditions: [{type: Established, status: 'True'}]}} | Healthy",
                "{status: {conditions: [{type: Established, status: 'True'}, {type: NamesAccepted, status: 'False',"
                        + " message: taken}]}} | Degraded",
                "{status: {conditions: [{type: NonStructuralSchema, status: 'True', message: no type}]}} | Degraded"
            })
    void a_definition_is_on_its_way_until_it_is_served(String definition, String health) {
        assertThat(health(HealthScripts.DEFINITION, definition)).isEqualTo(health);
    }

    /** While other clusters roll out, and where one of them is unknown, the hub's own sync goes on and ends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | ''",
                "{status: {conditions: [{type: RolloutProgressing, status: 'True', message: stage one}]}} | ''",
                "{status: {conditions: [{type: ResourcesUpToDate, status: 'True', message: fine}]}} | ''",
                "{status: {conditions: [{type: ErrorOccurred, status: 'True', message: no cluster}]}} | no cluster",
                "{status: {conditions: [{type: ResourcesUpToDate, status: 'False', message: old}]}} | old"
            })
    void a_fleet_holds_its_hub_back_by_nothing(String set, String message) {
        LuaValue health = run(HealthScripts.FLEET, set);

        assertThat(health.get("status").tojstring()).isEqualTo("Healthy");
        assertThat(health.get("message").tojstring()).isEqualTo(message);
    }

    private static String application(String awaited, Duration begun, String health) {
        String annotations = awaited == null ? "{}" : "{meshwright.io/await-seconds: \"%s\"}".formatted(awaited);
        return health(HealthScripts.APPLICATION, """
            metadata: {annotations: %s, creationTimestamp: "2026-01-01T00:00:00Z"}
            status: {health: {status: %s}, history: [{id: 0}], operationState: {startedAt: "%s"}}
            """.formatted(annotations, health, ago(begun)));
    }

    private static String ago(Duration duration) {
        return Instant.now().minus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String health(String script, String object) {
        return run(script, object).get("status").tojstring();
    }

    private static LuaValue run(String script, String object) {
        Globals lua = JsePlatform.standardGlobals();
        lua.set("obj", value(read(object)));
        // Argo CD's own os.date writes in the zone of its container, which is UTC.
        lua.load("local date = os.date; os.date = function(form, time) return date('!' .. form, time) end")
                .call();
        return lua.load(script).call();
    }

    private static Map<String, Object> read(String object) {
        try {
            return YAML.readValue(object, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LuaValue value(Object value) {
        if (value instanceof Map<?, ?> map) {
            LuaTable table = new LuaTable();
            map.forEach((key, each) -> table.set((String) key, value(each)));
            return table;
        }
        if (value instanceof List<?> list) {
            return LuaValue.listOf(list.stream().map(HealthScriptsTest::value).toArray(LuaValue[]::new));
        }
        return LuaValue.valueOf(String.valueOf(value));
    }
}
