package io.meshwright.environment.agreement.part;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.Listener;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One listener of a gateway with its place in the file. */
public record DeclaredListener(KeyPath at, Listener listener) {
    /** Those of each gateway, in the order of the file. */
    public static Stream<List<DeclaredListener>> of(Environment environment) {
        return environment.gatewayEntries().stream().map(DeclaredListener::of);
    }

    /** Those of one gateway, in the order of the file. */
    public static List<DeclaredListener> of(GatewayEntry entry) {
        return of(entry.at().key("listeners"), entry.gateway().listeners());
    }

    private static List<DeclaredListener> of(KeyPath at, List<Listener> listeners) {
        return IntStream.range(0, listeners.size())
                .mapToObj(i -> new DeclaredListener(at.index(i), listeners.get(i)))
                .toList();
    }
}
