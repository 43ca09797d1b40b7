package io.meshwright.construct.delivery.flux;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one object that controllers write.
 *
 * @param paths JSON Pointers
 */
public record IgnoreRule(List<String> paths, Target target) {
    public IgnoreRule {
        paths = List.copyOf(paths);
    }

    /**
     * The object; Flux reads each field as an expression that matches whole.
     *
     * @param namespace null for an object of the cluster
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            String group,
            String kind,
            String name,
            @Nullable String namespace) {}
}
