package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes of request headers by a route, or by one of its destinations ({@code headers.request}): names in small
 * letters; {@code authority} is what it makes of the Host header, which alone it cannot remove
 * (TranslateHeadersOperations).
 */
record HeaderChanges(
        SortedMap<String, String> set, SortedMap<String, String> add, Set<String> remove, Optional<String> authority) {
    static final HeaderChanges NONE = new HeaderChanges(new TreeMap<>(), new TreeMap<>(), Set.of(), Optional.empty());

    /** @param holder a route, or an entry of its destinations */
    static HeaderChanges of(JsonNode holder) {
        JsonNode request = holder.at("/headers/request");
        if (!request.isObject()) {
            return NONE;
        }
        Map<String, String> set = Fields.strings(request.path("set"));
        Map<String, String> add = Fields.strings(request.path("add"));
        return new HeaderChanges(
                written(set),
                written(add),
                Fields.texts(request.path("remove")).stream()
                        .map(HeaderChanges::lower)
                        .filter(name -> !isInternal(name))
                        .collect(Collectors.toCollection(TreeSet::new)),
                authority(set).or(() -> authority(add)));
    }

    /** Envoy leaves a header alone for which the value is empty. */
    private static SortedMap<String, String> written(Map<String, String> headers) {
        SortedMap<String, String> written = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (!isInternal(lower(name)) && !value.isEmpty()) {
                written.put(lower(name), value);
            }
        });
        return written;
    }

    private static Optional<String> authority(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> Set.of(":authority", "host").contains(lower(header.getKey())))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static boolean isInternal(String name) {
        return name.startsWith(":") || name.equals("host");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Those of a route and of its only destination, which Envoy gets as one list. */
    HeaderChanges and(HeaderChanges other) {
        if (this == NONE || other == NONE) {
            return this == NONE ? other : this;
        }
        SortedMap<String, String> bothSet = new TreeMap<>(set);
        bothSet.putAll(other.set);
        SortedMap<String, String> bothAdd = new TreeMap<>(add);
        other.add.forEach((name, value) -> bothAdd.merge(name, value, HeaderChanges::joined));
        Set<String> bothRemove = new TreeSet<>(remove);
        bothRemove.addAll(other.remove);
        return new HeaderChanges(bothSet, bothAdd, bothRemove, authority.or(other::authority));
    }

    /** Removes first, then sets, then adds, as Envoy does (HeaderParser::evaluateHeaders). */
    HttpRequest made(HttpRequest request) {
        if (set.isEmpty() && add.isEmpty() && remove.isEmpty()) {
            return request;
        }
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.keySet().removeAll(remove);
        headers.putAll(set);
        add.forEach((name, value) -> headers.merge(name, value, HeaderChanges::joined));
        return request.withHeaders(headers);
    }

    private static String joined(String one, String other) {
        return one.concat(HttpRequest.NEXT_VALUE).concat(other);
    }

    /** The headers that it changes. */
    Set<String> names() {
        return this == NONE
                ? Set.of()
                : Stream.of(set.keySet(), add.keySet(), remove)
                        .flatMap(Set::stream)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The headers that get what Envoy works out for each request, as from {@code %REQ(x)%}. */
    Set<String> computed() {
        return this == NONE
                ? Set.of()
                : Stream.of(set, add)
                        .flatMap(headers -> headers.entrySet().stream())
                        .filter(header -> header.getValue().contains("%"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
