package io.meshwright.construct.observability.settings;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Address of every monitoring tool, seen from browsers and from the cluster: routes, root URLs, probes, scrapes and the
 * links between tools are all read from here, so that they cannot disagree (incident I7).
 */
public final class MonitoringDomain {
    private final String namespace;
    private final String scheme;
    private final Map<Tool, String> placed;
    private final Map<Tool, Exposure> exposed;
    private final Map<Tool, Elsewhere> elsewhere;

    private MonitoringDomain(Builder builder) {
        this.namespace = builder.namespace;
        this.scheme = builder.scheme;
        this.placed = new EnumMap<>(builder.placed);
        this.exposed = new EnumMap<>(builder.exposed);
        this.elsewhere = new EnumMap<>(builder.elsewhere);
        refuseLoki();
        refuseClashes();
    }

    /** A domain whose tools run in one namespace and are not exposed, until told otherwise. */
    public static Builder inNamespace(String namespace) {
        return new Builder(Name.of(namespace).value());
    }

    /** The namespace of the tools, unless one is placed elsewhere. */
    public String namespace() {
        return namespace;
    }

    public ToolAddress address(Tool tool) {
        return new ToolAddress(
                tool,
                placed.getOrDefault(tool, namespace),
                scheme,
                Optional.ofNullable(exposed.get(tool)),
                Optional.ofNullable(elsewhere.get(tool)));
    }

    /** The tools that browsers reach, longest prefix first: the order in which routes of a shared host must stand. */
    public List<ToolAddress> exposed() {
        List<ToolAddress> addresses =
                new ArrayList<>(exposed.keySet().stream().map(this::address).toList());
        addresses.sort((a, b) -> Integer.compare(b.prefix().length(), a.prefix().length()));
        return List.copyOf(addresses);
    }

    private void refuseLoki() {
        Require.that(
                !exposed.containsKey(Tool.LOKI), "loki", "has no pages for a browser", "read the logs through grafana");
    }

    private void refuseClashes() {
        Set<String> taken = new HashSet<>();
        exposed.forEach((tool, exposure) -> {
            if (!taken.add(exposure.host() + exposure.prefix())) {
                throw new InvalidValue(
                        tool.service(),
                        "\"%s%s\" is taken by another tool".formatted(exposure.host(), exposure.prefix()),
                        "give it a host or a path of its own");
            }
        });
    }

    /** Collects where each tool is. */
    public static final class Builder {
        private final String namespace;
        private String scheme = "https";
        private final Map<Tool, String> placed = new EnumMap<>(Tool.class);
        private final Map<Tool, Exposure> exposed = new EnumMap<>(Tool.class);
        private final Map<Tool, Elsewhere> elsewhere = new EnumMap<>(Tool.class);

        private Builder(String namespace) {
            this.namespace = namespace;
        }

        /** Browsers arrive by plain HTTP: the links say {@code http://}. */
        public Builder plainHttp() {
            scheme = "http";
            return this;
        }

        public Builder expose(Tool tool, Exposure exposure) {
            exposed.put(tool, exposure);
            return this;
        }

        /** Exposes a tool below its own name on a shared host: {@code /grafana}. */
        public Builder exposeBelow(String host, Tool tool) {
            return expose(tool, Exposure.subPath(host, "/" + tool.service()));
        }

        /** Runs a tool in a namespace of its own choice. */
        public Builder place(Tool tool, String namespace) {
            placed.put(tool, Name.of(namespace).value());
            return this;
        }

        /** Finds a tool that others run. */
        public Builder elsewhere(Tool tool, Elsewhere place) {
            elsewhere.put(tool, place);
            return this;
        }

        public MonitoringDomain build() {
            return new MonitoringDomain(this);
        }
    }
}
