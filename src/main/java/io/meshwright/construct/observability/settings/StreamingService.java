package io.meshwright.construct.observability.settings;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A service some of whose requests last by design: server-sent events, WebSockets, streams of gRPC.
 *
 * @param app label {@code app} of its pods, by which their proxies are found
 * @param paths of these requests, each an RE2 expression for the whole path without its query; at least one
 */
public record StreamingService(Name namespace, Name name, String app, List<String> paths) {
    public StreamingService {
        paths = List.copyOf(Require.notEmpty("paths", paths));
    }

    /** The paths with whatever query as one RE2 expression. */
    public String requests() {
        // The quotes of LogQL's expressions.
        return "^(%s)([?].*)?$".formatted(String.join("|", paths)).replace("`", "\\x60");
    }

    /** Selects the series of these services among those of Istio. */
    public static String anyOf(List<StreamingService> services) {
        return "destination_service_name=~\"%s\""
                .formatted(services.stream()
                        .map(service -> service.name().toString())
                        .collect(Collectors.joining("|")));
    }
}
