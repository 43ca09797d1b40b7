package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import org.jspecify.annotations.Nullable;

/** Keeps a visitor at the version of his first request. */
@Doc("Keeps a visitor at the version of his first request.")
public record Sticky(
        @Nullable @Doc("Cookie in which the gateway notes the version.")
        Cookie cookie,

        @Nullable @Doc("Header that names the visitor; refused beside weights.")
        String header) {
    public Sticky {
        Require.that(
                cookie == null != (header == null),
                "",
                "does not say in one way what a visitor is known by",
                "give cookie or header");
    }

    /**
     * The refusal of a cookie whose callers are services, for files and for constructs.
     *
     * @param at where it is asked for
     * @param remedy what can be done instead there
     */
    public static InvalidValue refusalInMesh(KeyPath at, String remedy) {
        return new InvalidValue(at, "needs callers that keep cookies, and those in the mesh do not", remedy);
    }

    public static Sticky cookie(String name) {
        return new Sticky(Cookie.named(name), null);
    }
}
