package io.meshwright.platform.release;

import io.meshwright.value.Version;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The releases that go together on one cluster: Istio's, and one of every add-on. */
public final class Releases {
    private final IstioRelease istio;
    private final Map<ChartAddOn, ChartRelease> charts;
    private final Map<ImageAddOn, ImageRelease> images;

    Releases(IstioRelease istio, Map<ChartAddOn, ChartRelease> charts, Map<ImageAddOn, ImageRelease> images) {
        this.istio = istio;
        this.charts = new EnumMap<>(charts);
        this.images = new EnumMap<>(images);
    }

    public IstioRelease istio() {
        return istio;
    }

    public ChartRelease chart(ChartAddOn addOn) {
        return Objects.requireNonNull(charts.get(addOn), addOn::key);
    }

    public ImageRelease image(ImageAddOn addOn) {
        return Objects.requireNonNull(images.get(addOn), addOn::key);
    }

    /** Every add-on's version, by its key in the table. */
    public SortedMap<String, Version> addOns() {
        SortedMap<String, Version> versions = new TreeMap<>();
        charts.forEach((addOn, release) -> versions.put(addOn.key(), release.version()));
        images.forEach((addOn, release) -> versions.put(addOn.key(), release.version()));
        return versions;
    }
}
