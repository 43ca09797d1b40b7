package io.meshwright.construct.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.definition.BroughtDefinitions;
import io.meshwright.value.ArgoNames;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolloutTest {
    @Test
    void calls_itself_what_the_definition_calls_it() {
        Rollout rollout = new Rollout(null, null);

        assertThat(rollout.getApiVersion()).isEqualTo(ArgoNames.API_VERSION);
        assertThat(rollout.getKind()).isEqualTo("Rollout");
    }

    @Test
    void has_only_fields_that_the_definition_has() {
        JsonNode schema =
                BroughtDefinitions.schema(ArgoNames.API_VERSION, "Rollout").orElseThrow();

        List<String> fields = fields(Rollout.Spec.class, "spec").toList();

        assertThat(fields).contains("spec.strategy.canary.trafficRouting.istio.virtualServices[].routes");
        assertThat(fields).allSatisfy(field -> assertThat(at(schema, field)).isNotNull());
    }

    private static Stream<String> fields(Class<?> record, String at) {
        return Stream.of(record.getRecordComponents()).flatMap(component -> field(component, at));
    }

    private static Stream<String> field(RecordComponent component, String at) {
        boolean list = List.class.isAssignableFrom(component.getType());
        String place = "%s.%s%s".formatted(at, component.getName(), list ? "[]" : "");
        Type type = list
                ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        Stream<String> below =
                type instanceof Class<?> nested && nested.isRecord() ? fields(nested, place) : Stream.empty();
        return Stream.concat(Stream.of(list ? place.substring(0, place.length() - 2) : place), below);
    }

    private static JsonNode at(JsonNode schema, String field) {
        JsonNode here = schema;
        for (String name : field.split("\\.")) {
            here = here.path("properties").path(name.replace("[]", ""));
            here = name.endsWith("[]") ? here.path("items") : here;
        }
        return here.isMissingNode() ? null : here;
    }
}
