package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Namespaces and gateway choose a control plane by a tag that there is. */
public final class TagsKnown implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Set<Name> tags = environment.istio().controlPlanes().tags().keySet();
        return Stream.concat(
                        environment.namespaces().entrySet().stream()
                                .flatMap(entry -> refusal(
                                        KeyPath.of("namespaces")
                                                .key(entry.getKey().toString())
                                                .key("tag"),
                                        entry.getValue().tag(),
                                        tags)),
                        environment.gatewayEntries().stream()
                                .flatMap(entry -> refusal(
                                        entry.at().key("tag"), entry.gateway().tag(), tags)))
                .toList();
    }

    private static Stream<InvalidValue> refusal(KeyPath at, @Nullable Name tag, Set<Name> tags) {
        if (tag == null || tags.contains(tag)) {
            return Stream.empty();
        }
        String known = tags.stream().map(Name::toString).collect(Collectors.joining(", "));
        return Stream.of(new InvalidValue(
                at,
                "there is no tag \"%s\"".formatted(tag),
                known.isEmpty()
                        ? "declare it in istio.tags"
                        : "add it to istio.tags, or use one of: %s".formatted(known)));
    }
}
