package io.meshwright.value.security;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import java.util.List;

/** A caller of a service, and the requests with which it may call. */
@Doc("Who may call the service: gateway, the name of a service, or a map with limits on methods and paths.")
@Sample("gateway")
public record Caller(
        @Required @Doc("gateway, or the name of a service.") Name from,

        @Defaulted @Doc("Request methods; default: every method.")
        List<HttpMethod> methods,

        @Defaulted @Doc("Paths; default: every path.") List<PathPattern> paths) {
    private static final Name GATEWAY = Name.of("gateway");

    public Caller {
        Require.present("from", from);
        methods = methods == null
                ? List.of()
                : methods.stream().distinct().sorted().toList();
        paths = paths == null ? List.of() : paths.stream().distinct().sorted().toList();
    }

    /** With every method and path. */
    @Shorthand
    public static Caller of(String from) {
        return new Caller(Name.of(from), null, null);
    }

    /** Every request that the gateway lets through. */
    public static Caller gateway() {
        return new Caller(GATEWAY, null, null);
    }

    public boolean isGateway() {
        return from.equals(GATEWAY);
    }

    /** True if only some methods or paths are meant, which no port but an HTTP one can tell. */
    public boolean isLimited() {
        return !methods.isEmpty() || !paths.isEmpty();
    }
}
