package io.meshwright.value.edge;

import io.meshwright.value.Plain;
import io.meshwright.value.Require;

/** The type of an answer's body, as {@code content-type} says it (RFC 9110, 8.3.1). */
final class MediaType {
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]+";

    private MediaType() {}

    static String checked(String type) {
        Require.that(
                type.matches("%s/%s( *; *%s=%s)*".formatted(TOKEN, TOKEN, TOKEN, TOKEN)),
                "contentType",
                "%s is no type of a body".formatted(Plain.quoted(type)),
                "write such as text/html; charset=utf-8");
        return type;
    }
}
