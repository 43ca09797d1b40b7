package io.meshwright.construct.observability.settings;

import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;

/**
 * Address at which browsers find a tool: a host of its own, or a path of a host that it shares.
 *
 * @param prefix empty on a host of its own, otherwise {@code /grafana}: no slash at the end
 */
public record Exposure(Host host, String prefix) {
    public Exposure {
        Require.present("host", host);
        Require.present("prefix", prefix);
        Require.that(!host.isWildcard(), "host", "\"%s\" is not one host".formatted(host), "give the full name");
        // Jaeger refuses dots and doubled slashes in its base_path; one rule for all tools keeps their prefixes alike.
        if (!prefix.matches("(/[a-z0-9][-a-z0-9]*)*")) {
            throw new InvalidValue(
                    "prefix",
                    "\"%s\" is not a path prefix".formatted(prefix),
                    "start it with \"/\", end it without, and use lower-case letters, digits and dashes");
        }
    }

    public static Exposure ownHost(String host) {
        return new Exposure(Host.of(host), "");
    }

    public static Exposure subPath(String host, String prefix) {
        return new Exposure(Host.of(host), prefix);
    }
}
