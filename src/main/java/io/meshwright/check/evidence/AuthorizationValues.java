package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The single values of an authorization rule with their places. */
public final class AuthorizationValues {
    private AuthorizationValues() {}

    /** A text in a list. */
    public record Value(Source source, String text) {}

    /** Those of some fields of every source or operation of a rule. */
    public static Stream<Value> of(Source rule, String list, String item, String... fields) {
        List<Value> values = new ArrayList<>();
        for (int index = 0; index < rule.value().path(list).size(); index++) {
            for (String field : fields) {
                add(values, rule.item(list, index).at("/".concat(item)), field);
            }
        }
        return values.stream();
    }

    /** Those of the conditions on a key. */
    public static Stream<Value> when(Source rule, String key) {
        List<Value> values = new ArrayList<>();
        for (int index = 0; index < rule.value().path("when").size(); index++) {
            if (rule.value().path("when").path(index).path("key").asText("").equals(key)) {
                add(values, rule.item("when", index), "values");
                add(values, rule.item("when", index), "notValues");
            }
        }
        return values.stream();
    }

    private static void add(List<Value> values, Source owner, String field) {
        JsonNode list = owner.value().path(field);
        for (int index = 0; index < list.size(); index++) {
            values.add(new Value(owner.item(field, index), list.path(index).asText("")));
        }
    }
}
