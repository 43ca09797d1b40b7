package io.meshwright.check.cel;

import static io.meshwright.check.cel.Functions.parsed;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import io.meshwright.check.cel.Functions.Type;
import java.util.Map;

/** The functions on addresses of the web. */
final class UrlFunctions {
    private static final Type<Url> URL = Type.of("URL", Url.class);

    @SuppressWarnings("rawtypes")
    private static final Type<Map> QUERY =
            new Type<>(MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)), Map.class);

    private UrlFunctions() {}

    static void addTo(Functions functions) {
        functions
                .function("url", Type.TEXT, URL, text -> parsed(Url.of(text), text, "address of the web"))
                .function("isURL", Type.TEXT, Type.TRUTH, text -> Url.of(text).isPresent())
                .method("getScheme", URL, Type.TEXT, Url::scheme)
                .method("getHost", URL, Type.TEXT, Url::host)
                .method("getHostname", URL, Type.TEXT, Url::hostname)
                .method("getPort", URL, Type.TEXT, Url::port)
                .method("getEscapedPath", URL, Type.TEXT, Url::path)
                .method("getQuery", URL, QUERY, Url::parameters);
    }
}
