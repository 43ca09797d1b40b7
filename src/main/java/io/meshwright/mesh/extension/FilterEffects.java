package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.extension.PatchEffect.Limit;
import io.meshwright.mesh.extension.PatchEffect.Nothing;
import io.meshwright.mesh.extension.PatchEffect.Unknown;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The effects of Envoy's usual filters on requests, by the type of their configuration (envoyproxy.io, HTTP filters and
 * their API).
 */
final class FilterEffects {
    static final Nothing TELEMETRY = new Nothing("writes telemetry");
    private static final Set<String> DECIDING = Set.of(
            "host", "authorization", "cookie", "origin", "content-type", "upgrade", "connection", "te", "user-agent");

    /** By the last word of the type, which is also how filters are usually called. */
    private static final Map<String, String> DECIDERS = Map.of(
            "lua", "runs Lua code",
            "wasm", "runs code",
            "golang", "runs code",
            "extauthz", "asks an external authorizer",
            "extproc", "asks an external processor",
            "oauth2", "lets users log in",
            "jwtauthn", "verifies tokens of its own",
            "rbac", "authorizes by rules of its own",
            "httpfault", "injects faults",
            "composite", "chooses filters by each request");

    private FilterEffects() {}

    /** @param asked tells of the name of a header, in small letters, whether any rule of the mesh asks for it */
    static PatchEffect of(JsonNode filter, HttpRequest request, Predicate<String> asked) {
        // A filter that is off by default waits for a route that turns it on (http_connection_manager.proto).
        return EnvoyFields.of(filter, "disabled").asBoolean(false)
                ? new Nothing("adds a filter that is off where no route turns it on")
                : enabled(filter, request, asked);
    }

    private static PatchEffect enabled(JsonNode filter, HttpRequest request, Predicate<String> asked) {
        if (IstioTelemetry.is(filter)) {
            return TELEMETRY;
        }
        JsonNode config = config(filter);
        String type = type(filter);
        return switch (type) {
            case "localratelimit" -> limit("a local rate limit", config, "status", 429);
            case "ratelimit" -> global(config);
            case "buffer" -> buffer(config, request);
            case "compressor", "gzip" -> new Nothing("compresses bodies");
            case "decompressor" -> new Nothing("decompresses bodies");
            case "headermutation" -> mutation(config, asked);
            case "grpcstats", "tap" -> TELEMETRY;
            case "setmetadata" -> new Nothing("writes metadata");
            case "headertometadata" ->
                config.toString().contains("\"remove\"") ? PatchEffects.NOT_FOLLOWED : new Nothing("writes metadata");
            default ->
                Optional.ofNullable(DECIDERS.get(type))
                        .<PatchEffect>map(Unknown::new)
                        .orElse(PatchEffects.NOT_FOLLOWED);
        };
    }

    /** Returns the effects of what is written for one route or host alone, by the names of filters. */
    static Stream<PatchEffect> perRoute(JsonNode configs, HttpRequest request, Predicate<String> asked) {
        return Fields.entries(configs).stream().map(entry -> {
            JsonNode named = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", entry.getKey())
                    .set("typed_config", entry.getValue());
            return isOff(named) ? new Nothing("turns a filter off") : enabled(named, request, asked);
        });
    }

    // The common settings of one route, by which a filter may be off there (buffer.proto, BufferPerRoute and others).
    private static boolean isOff(JsonNode filter) {
        return EnvoyFields.of(config(filter), "disabled").asBoolean(false);
    }

    private static JsonNode config(JsonNode filter) {
        JsonNode config = EnvoyFields.of(filter, "typed_config");
        // A struct with a type of its own is the configuration itself.
        return config.has("type_url") || config.has("typeUrl") ? config.path("value") : config;
    }

    private static String type(JsonNode filter) {
        JsonNode typed = EnvoyFields.of(filter, "typed_config");
        String written = Stream.of(EnvoyFields.of(typed, "type_url"), typed.path("@type"))
                .map(node -> node.asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(filter.path("name").asText(""));
        String last = written.substring(written.lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT)
                .replace("_", "");
        // Types that say their filter in the package alone, and settings of a filter for one route.
        String of = Stream.of("set_metadata", "header_to_metadata", "grpc_stats")
                .filter(written::contains)
                .findFirst()
                .map(name -> name.replace("_", ""))
                .orElse(last);
        return of.replaceFirst("perroute$", "");
    }

    private static Limit limit(String who, JsonNode config, String field, int otherwise) {
        JsonNode code = EnvoyFields.of(config, field).path("code");
        int status = code.isInt() ? code.asInt() : otherwise;
        return new Limit("%s may answer %s when there are too many requests"
                .formatted(who, code.isTextual() ? code.asText() : Integer.toString(status)));
    }

    private static PatchEffect global(JsonNode config) {
        return EnvoyFields.of(config, "failure_mode_deny").asBoolean(false)
                ? new Unknown("asks a rate limit service, without which it denies,")
                : limit("a rate limit service", config, "rate_limited_status", 429);
    }

    /** It waits for the end of a request, which a stream does not have. */
    private static PatchEffect buffer(JsonNode config, HttpRequest request) {
        boolean streams = request.header("upgrade").isPresent()
                || request.header("content-type")
                        .filter(type -> type.startsWith("application/grpc"))
                        .isPresent();
        JsonNode own = EnvoyFields.of(config, "buffer");
        JsonNode most = EnvoyFields.of(own.isObject() ? own : config, "max_request_bytes");
        return streams
                ? new Unknown("waits for the end of each request")
                : new Limit(
                        most.isMissingNode()
                                ? "a buffer answers 413 to requests that are too large"
                                : "a buffer answers 413 to requests of more than %s bytes".formatted(most.asText()));
    }

    private static PatchEffect mutation(JsonNode config, Predicate<String> asked) {
        JsonNode mutations = EnvoyFields.of(config, "mutations");
        List<String> others = Fields.entries(mutations).stream()
                .map(Map.Entry::getKey)
                .filter(key -> !Set.of(
                                "request_mutations", "requestMutations", "response_mutations", "responseMutations")
                        .contains(key))
                .toList();
        List<Optional<String>> names = Fields.items(EnvoyFields.of(mutations, "request_mutations")).stream()
                .map(FilterEffects::header)
                .toList();
        if (!others.isEmpty() || names.stream().anyMatch(Optional::isEmpty)) {
            return PatchEffects.NOT_FOLLOWED;
        }
        return names.stream()
                .flatMap(Optional::stream)
                .filter(name -> name.startsWith(":")
                        || name.startsWith("x-forwarded-")
                        || name.startsWith("x-envoy-")
                        || DECIDING.contains(name)
                        || asked.test(name))
                .findFirst()
                .<PatchEffect>map(name -> new Unknown("changes header \"%s\", which a rule asks for,".formatted(name)))
                .orElseGet(() -> new Nothing("changes headers for which no rule asks"));
    }

    private static Optional<String> header(JsonNode mutation) {
        return Fields.text(mutation.path("remove"))
                .or(() -> Fields.text(mutation.at("/append/header/key")))
                .map(name -> name.toLowerCase(Locale.ROOT));
    }
}
