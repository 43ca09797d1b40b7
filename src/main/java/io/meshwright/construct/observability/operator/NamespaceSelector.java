package io.meshwright.construct.observability.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces of what is scraped: every one, or those that are named. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NamespaceSelector(
        @Nullable Boolean any, @Nullable List<String> matchNames) {
    public static NamespaceSelector every() {
        return new NamespaceSelector(true, null);
    }

    public static NamespaceSelector of(String namespace) {
        return new NamespaceSelector(null, List.of(namespace));
    }
}
