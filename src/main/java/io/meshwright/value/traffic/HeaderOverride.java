package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;
import org.jspecify.annotations.Nullable;

/** A header with which a caller chooses the version for himself. */
@Doc("A header that chooses the version; its name alone means the value \"true\" and the last version.")
public record HeaderOverride(
        @Required @Doc("Name of the header.") String header,
        @Defaulted @Doc("Its value; default \"true\".") String value,

        @Nullable @Doc("The version; default: the last in versions, or the canary of rollouts.")
        Name to) {
    public HeaderOverride {
        Require.notBlank("header", header);
        value = value == null ? "true" : Require.notBlank("value", value);
        RouteMatch.everything().withHeader(header, TextMatch.exact(value));
    }

    /** The header with this value. */
    public RouteMatch.Condition condition() {
        return RouteMatch.Condition.header(header, TextMatch.exact(value));
    }

    @Shorthand
    public static HeaderOverride by(String header) {
        return new HeaderOverride(header, null, null);
    }
}
