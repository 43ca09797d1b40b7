package io.meshwright.environment.agreement.part;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Service;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.AbTest;
import io.meshwright.value.traffic.Resilience;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One service of an environment with its place in the file, and the names of the gateways that may call it. */
public record DeclaredService(KeyPath at, Name name, Service service, Set<Name> gateways) {
    /** In the order of the file. */
    public static Stream<DeclaredService> of(Environment environment) {
        Set<Name> gateways =
                environment.gatewayEntries().stream().map(GatewayEntry::name).collect(Collectors.toUnmodifiableSet());
        return environment.services().entrySet().stream()
                .map(entry -> new DeclaredService(
                        KeyPath.of("services").key(entry.getKey().toString()),
                        entry.getKey(),
                        entry.getValue(),
                        gateways));
    }

    /** In the order of the file. */
    public Stream<DeclaredRoute> routes() {
        return IntStream.range(0, service.routes().size())
                .mapToObj(i -> new DeclaredRoute(
                        at.key("routes").index(i), this, service.routes().get(i)));
    }

    /** Returns how its calls are to behave by the file, whether or not its circuit breakers are switched on. */
    public Resilience wanted(Environment environment) {
        return service.resilience() == null ? environment.resilience() : service.resilience();
    }

    /** True if other services call it, and not gateways alone. */
    public boolean isCalledInMesh() {
        return service.allowFrom().stream().anyMatch(caller -> !gateways.contains(caller.from()));
    }

    /**
     * The refusal of a key that acts on its calls, where nobody calls it; {@code useless} says what the key does not
     * do.
     */
    public Optional<InvalidValue> uncalled(KeyPath key, String useless) {
        return isCalledInMesh() || isReachedFromOutside()
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        key,
                        "%s, because no route leads to the service and no other service calls it".formatted(useless),
                        "give it routes, or callers in allowFrom, or remove it"));
    }

    /** True if a route leads from a gateway to its pods, and not to an answer of the proxy alone. */
    public boolean isReachedFromOutside() {
        return routes().anyMatch(each -> !each.isInner() && !each.route().isAnswered());
    }

    /** True if a claim of a token says which version a request gets. */
    public boolean isReleasedByClaim() {
        return service.release() instanceof AbTest test && test.by().claim() != null;
    }
}
