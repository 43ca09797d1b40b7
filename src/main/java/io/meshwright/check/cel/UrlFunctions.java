package io.meshwright.check.cel;

import static io.meshwright.check.cel.Functions.parsed;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.meshwright.check.cel.Functions.Type;
import java.util.Map;

/** The functions on addresses of the web. */
final class UrlFunctions {
    private static final Type<UrlValue> URL = Type.of("URL", UrlValue.class);

    @SuppressWarnings("rawtypes")
    private static final Type<Map> QUERY =
            new Type<>(MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)), Map.class);

    private UrlFunctions() {}

    static void addTo(Functions functions) {
        functions
                .function("url", Type.TEXT, URL, text -> parsed(UrlValue.of(text), text, "address of the web"))
                .function(
                        "isURL",
                        Type.TEXT,
                        Type.TRUTH,
                        text -> UrlValue.of(text).isPresent())
                .method("getScheme", URL, Type.TEXT, UrlValue::scheme)
                .method("getHost", URL, Type.TEXT, UrlValue::host)
                .method("getHostname", URL, Type.TEXT, UrlValue::hostname)
                .method("getPort", URL, Type.TEXT, UrlValue::port)
                .method("getEscapedPath", URL, Type.TEXT, UrlValue::path)
                .method("getQuery", URL, QUERY, UrlValue::parameters);
    }
}
