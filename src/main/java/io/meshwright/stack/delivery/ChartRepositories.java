package io.meshwright.stack.delivery;

import io.meshwright.construct.delivery.flux.HelmRepository;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The repositories of charts, each under a name made of its address. */
final class ChartRepositories {
    private static final int LONGEST_NAME = 60;

    private final SortedMap<String, String> names = new TreeMap<>();

    ChartRepositories(Collection<String> addresses) {
        for (String address : addresses) {
            String plain = address.replaceFirst("^[a-z]+://", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-|-$", "");
            String name =
                    plain.substring(0, Math.min(plain.length(), LONGEST_NAME)).replaceFirst("-$", "");
            for (int next = 2; names.containsValue(name); next++) {
                name = "%s-%d".formatted(name, next);
            }
            names.put(address, name);
        }
    }

    String nameOf(String address) {
        return Objects.requireNonNull(names.get(address), address);
    }

    /** The spec of each, by its name. */
    SortedMap<String, HelmRepository.Spec> all() {
        SortedMap<String, HelmRepository.Spec> all = new TreeMap<>();
        names.forEach((address, name) -> all.put(name, HelmRepository.Spec.of(address)));
        return all;
    }
}
