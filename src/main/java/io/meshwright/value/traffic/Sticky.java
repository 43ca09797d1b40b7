package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;

/** Keeps a visitor at the version of his first request. */
@Doc("Keeps a visitor at the version of his first request.")
public record Sticky(
        @Doc("Cookie in which the gateway notes the version.")
        Cookie cookie,

        @Doc("Header that names the visitor; refused beside weights.")
        String header) {
    public Sticky {
        Require.that(
                cookie == null != (header == null),
                "",
                "does not say in one way what a visitor is known by",
                "give cookie or header");
    }

    public static Sticky cookie(String name) {
        return new Sticky(Cookie.named(name), null);
    }
}
