package io.meshwright.platform.release;

import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers which releases run on a Kubernetes and beside an Istio, and refuses what does not go together. */
public final class Compatibility {
    private static final String KUBERNETES = "cluster.kubernetes";
    private static final String OVERRIDES = "releases";

    private final Version kubernetes;
    private final Version istio;
    private final SortedMap<String, Version> overrides;

    private Compatibility(Version kubernetes, Version istio, SortedMap<String, Version> overrides) {
        this.kubernetes = kubernetes;
        this.istio = istio;
        this.overrides = overrides;
    }

    /** The table's own choice for this Kubernetes and this Istio. */
    public static Releases resolve(Version kubernetes, Version istio) {
        return resolve(kubernetes, istio, new TreeMap<>());
    }

    /**
     * The same with releases that an environment chose, by {@link ChartAddOn#key} or {@link ImageAddOn#key}.
     *
     * @throws InvalidValue below {@code cluster.kubernetes}, {@code istio.version} or {@code releases} when two do not
     *     go together
     */
    public static Releases resolve(Version kubernetes, Version istio, SortedMap<String, Version> overrides) {
        IstioRelease release = istio(istio, kubernetes, IstioLines.KEY);
        known(overrides);
        Compatibility on = new Compatibility(kubernetes, istio, overrides);
        Map<ChartAddOn, ChartRelease> charts = new EnumMap<>(ChartAddOn.class);
        for (ChartAddOn addOn : ChartAddOn.values()) {
            charts.put(addOn, on.chart(addOn));
        }
        Map<ImageAddOn, ImageRelease> images = new EnumMap<>(ImageAddOn.class);
        for (ImageAddOn addOn : ImageAddOn.values()) {
            images.put(addOn, on.image(addOn));
        }
        return new Releases(release, charts, images);
    }

    /**
     * One Istio release, for a control plane beside another one.
     *
     * @throws InvalidValue at {@code key} when the table does not know it or it does not run on this Kubernetes
     */
    public static IstioRelease istio(Version istio, Version kubernetes, String key) {
        return IstioLines.release(istio, kubernetes, key);
    }

    /** A release as it is, or the newest patch of a release line that the table knows. */
    public static Version patched(Version istio) {
        return IstioLines.ascending().stream()
                .filter(line -> istio.isLine() && line.minor().equals(istio))
                .findFirst()
                .map(Table.Line::release)
                .orElse(istio);
    }

    /** The minors of Istio that the table knows, newest first. */
    public static List<Version> lines() {
        List<Version> lines = new ArrayList<>(
                IstioLines.ascending().stream().map(Table.Line::minor).toList());
        Collections.reverse(lines);
        return lines;
    }

    private static void known(SortedMap<String, Version> overrides) {
        TreeSet<String> keys = new TreeSet<>(Table.KNOWN.charts().keySet());
        keys.addAll(Table.KNOWN.images().keySet());
        for (String key : overrides.keySet()) {
            Require.that(
                    keys.contains(key),
                    KeyPath.of(OVERRIDES).key(key).text(),
                    "%s is no add-on".formatted(Plain.quoted(key)),
                    "name one of %s".formatted(String.join(", ", keys)));
        }
    }

    private ChartRelease chart(ChartAddOn addOn) {
        Table.Charts row = row(Table.KNOWN.charts(), addOn.key());
        Version override = overrides.get(addOn.key());
        Table.ChartEntry entry =
                override == null ? first(addOn.key(), row.releases()) : chosen(addOn.key(), row.releases(), override);
        return new ChartRelease(entry.version(), new Chart(row.name(), entry.chart(), row.repository()));
    }

    private ImageRelease image(ImageAddOn addOn) {
        Table.Images row = row(Table.KNOWN.images(), addOn.key());
        Version override = overrides.get(addOn.key());
        Version version = override == null
                ? first(addOn.key(), row.releases()).version()
                : patch(addOn.key(), row.releases(), override);
        return new ImageRelease(version, ImageReference.of(row.image().replace("{version}", version.value())));
    }

    private static <R> R row(Map<String, R> rows, String addOn) {
        return Objects.requireNonNull(rows.get(addOn), () -> "the table has no %s".formatted(addOn));
    }

    private <E extends Table.Entry> E first(String key, List<E> entries) {
        return entries.stream()
                .filter(this::admitted)
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        KUBERNETES,
                        "no release of %s is known to run on Kubernetes %s beside Istio %s"
                                .formatted(key, kubernetes.line(), istio.line()),
                        "take a Kubernetes and an Istio of one of %s".formatted(described(entries))));
    }

    /** A chart's version cannot be guessed from the application's, so only what the table lists will do. */
    private <E extends Table.Entry> E chosen(String key, List<E> entries, Version version) {
        return entries.stream()
                .filter(this::admitted)
                .filter(entry -> entry.version().compareTo(version) == 0)
                .findFirst()
                .orElseThrow(() -> refused(key, entries, version));
    }

    /** An image's tag follows from its version, so any patch of a listed release line will do. */
    private Version patch(String key, List<Table.ImageEntry> entries, Version version) {
        return entries.stream()
                .filter(this::admitted)
                .filter(entry -> entry.version().line().equals(version.line()))
                .findFirst()
                .map(entry -> version)
                .orElseThrow(() -> refused(key, entries, version));
    }

    private boolean admitted(Table.Entry entry) {
        return entry.admits(kubernetes.line(), istio.line());
    }

    private InvalidValue refused(String key, List<? extends Table.Entry> entries, Version version) {
        return new InvalidValue(
                "%s.%s".formatted(OVERRIDES, key),
                "\"%s\" is not known to run on Kubernetes %s beside Istio %s"
                        .formatted(version, kubernetes.line(), istio.line()),
                "leave it out, or take one of %s".formatted(described(entries)));
    }

    private static String described(List<? extends Table.Entry> entries) {
        return entries.stream().map(Table.Entry::described).collect(Collectors.joining(", "));
    }
}
